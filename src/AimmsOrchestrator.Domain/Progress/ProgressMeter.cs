namespace AimmsOrchestrator.Domain.Progress;

/// <summary>Counts runs by state and measures their rate over a sliding stretch of time. Times are since the start.</summary>
public sealed class ProgressMeter(long? total, IReadOnlyDictionary<string, long> countByState)
{
    private const int FailuresKept = 5;
    private static readonly TimeSpan Stretch = TimeSpan.FromSeconds(90);

    private readonly Dictionary<string, long> _counts = new(countByState, StringComparer.Ordinal);
    private readonly Queue<(TimeSpan At, long Ended)> _samples = [];
    private readonly Queue<RunFailure> _failures = [];
    private TimeSpan _heldUntil;
    private string? _away;

    /// <summary>A run went from one state to another; null where it was not counted before.</summary>
    public void Moved(string? from, string to)
    {
        if (from is not null && _counts.TryGetValue(from, out var before))
        {
            _counts[from] = before - 1;
        }

        _counts[to] = _counts.GetValueOrDefault(to) + 1;
    }

    /// <summary>A run failed.</summary>
    public void Failed(RunFailure failure)
    {
        _failures.Enqueue(failure);
        if (_failures.Count > FailuresKept)
        {
            _failures.Dequeue();
        }
    }

    /// <summary>The service asks everybody to wait until this moment.</summary>
    public void HeldUntil(TimeSpan moment) => _heldUntil = moment > _heldUntil ? moment : _heldUntil;

    /// <summary>The service is away, or (null) there again.</summary>
    public void Away(string? message) => _away = message;

    /// <summary>How things stand.</summary>
    public BatchProgress Snapshot(TimeSpan now)
    {
        var ended = Count("completed") + Count("failed") + Count("cancelled");
        _samples.Enqueue((now, ended));
        while (_samples.Count > 2 && _samples.Peek().At < now - Stretch)
        {
            _samples.Dequeue();
        }

        var oldest = _samples.Peek();
        var minutes = (now - oldest.At).TotalMinutes;
        double? rate = minutes > 0 && ended > oldest.Ended ? (ended - oldest.Ended) / minutes : null;
        return new BatchProgress
        {
            Total = total,
            CountByState = new Dictionary<string, long>(_counts, StringComparer.Ordinal),
            Ended = ended,
            Elapsed = now,
            EndedPerMinute = rate,
            TimeLeft = total - ended is { } left && rate is { } r ? TimeSpan.FromMinutes(left / r) : null,
            HeldBack = _heldUntil > now ? _heldUntil - now : null,
            Away = _away,
            Failures = [.. _failures],
        };
    }

    private long Count(string state) => _counts.GetValueOrDefault(state);
}
