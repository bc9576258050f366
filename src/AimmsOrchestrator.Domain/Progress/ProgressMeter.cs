using AimmsOrchestrator.Domain.Estimates;

namespace AimmsOrchestrator.Domain.Progress;

/// <summary>Counts runs by state and measures their rate over a sliding stretch of time. Times are since the start.</summary>
public sealed class ProgressMeter(long? total, IReadOnlyDictionary<string, long> countByState)
{
    private const int Kept = 5;
    private const string Pending = "pending";

    private static readonly string[] Ends = ["completed", "failed", "cancelled"];

    private readonly Dictionary<string, long> _counts = new(countByState, StringComparer.Ordinal);
    private readonly RateMeter _rate = new();
    private readonly Queue<RunFailure> _failures = [];
    private readonly Queue<RunSuccess> _successes = [];
    private long _endedAtOnce;
    private TimeSpan _heldUntil;
    private string? _away;

    /// <summary>
    /// A run went from one state to another; null where it was not counted before. One that ends without having begun took
    /// over an answer, and is no part of the rate.
    /// </summary>
    public void Moved(string? from, string to)
    {
        if (from is not null && _counts.TryGetValue(from, out var before))
        {
            _counts[from] = before - 1;
        }

        _counts[to] = _counts.GetValueOrDefault(to) + 1;
        if (from is null or Pending && Ends.Contains(to))
        {
            _endedAtOnce++;
        }
    }

    /// <summary>A run failed.</summary>
    public void Failed(RunFailure failure) => Keep(_failures, failure);

    /// <summary>A run completed.</summary>
    public void Completed(RunSuccess success) => Keep(_successes, success);

    /// <summary>The service asks everybody to wait until this moment.</summary>
    public void HeldUntil(TimeSpan moment) => _heldUntil = moment > _heldUntil ? moment : _heldUntil;

    /// <summary>The service is away, or (null) there again.</summary>
    public void Away(string? message) => _away = message;

    /// <summary>How things stand.</summary>
    public BatchProgress Snapshot(TimeSpan now)
    {
        var ended = Ends.Sum(Count);
        var (rate, left) = _rate.Sample(now, ended - _endedAtOnce, total - ended);
        return new BatchProgress
        {
            Total = total,
            CountByState = new Dictionary<string, long>(_counts, StringComparer.Ordinal),
            Ended = ended,
            Elapsed = now,
            EndedPerMinute = rate,
            TimeLeft = left,
            HeldBack = _heldUntil > now ? _heldUntil - now : null,
            Away = _away,
            Failures = [.. _failures],
            Successes = [.. _successes],
        };
    }

    private static void Keep<T>(Queue<T> latest, T item)
    {
        latest.Enqueue(item);
        if (latest.Count > Kept)
        {
            latest.Dequeue();
        }
    }

    private long Count(string state) => _counts.GetValueOrDefault(state);
}
