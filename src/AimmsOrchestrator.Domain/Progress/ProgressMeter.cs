using AimmsOrchestrator.Domain.Estimates;
using AimmsOrchestrator.Domain.Runs;

namespace AimmsOrchestrator.Domain.Progress;

/// <summary>Counts runs by state and measures their rate over a sliding window. Times are since the start.</summary>
public sealed class ProgressMeter(long? total, StateCounts countByState)
{
    private const int Kept = 5;

    private readonly RateMeter _rate = new();
    private readonly Queue<RunFailure> _failures = [];
    private readonly Queue<RunSuccess> _successes = [];
    private readonly SortedDictionary<string, string> _warnings = new(StringComparer.Ordinal);
    private StateCounts _counts = countByState;
    private long _endedAtOnce;
    private TimeSpan _heldUntil;
    private string? _away;
    private int? _concurrency;
    private DateTimeOffset? _pausedSince;
    private int? _heldAtAccount;

    /// <summary>
    /// A run changed its state; <paramref name="from"/> is null where it was not counted before. A run that ends without
    /// having begun reuses a result, and is no part of the rate.
    /// </summary>
    public void Moved(RunState? from, RunState to)
    {
        _counts = (from is { } left ? _counts.Plus(left, -1) : _counts).Plus(to, 1);
        if (from is null or RunState.Pending && to.IsEnded())
        {
            _endedAtOnce++;
        }
    }

    /// <summary>A run failed.</summary>
    public void Failed(RunFailure failure) => Keep(_failures, failure);

    /// <summary>A run completed.</summary>
    public void Completed(RunSuccess success) => Keep(_successes, success);

    /// <summary>The service asks for no request before this moment.</summary>
    public void HeldUntil(TimeSpan moment) => _heldUntil = moment > _heldUntil ? moment : _heldUntil;

    /// <summary>The service cannot be reached, or (null) can be again.</summary>
    public void Away(string? message) => _away = message;

    /// <summary>Something is wrong with the batch as a whole, or (null) no longer is.</summary>
    public void Warned(string subject, string? message)
    {
        _warnings.Remove(subject);
        if (message is not null)
        {
            _warnings.Add(subject, message);
        }
    }

    /// <summary>A person has paused the batch since this moment, or (null) lets it continue.</summary>
    public void Paused(DateTimeOffset? since) => _pausedSince = since;

    /// <summary>Submits wait for slots of the account, of which this number is held; null where they do not.</summary>
    public void AccountFull(int? held) => _heldAtAccount = held;

    /// <summary>This number of tasks is kept at the service from now on; null where the number is fixed.</summary>
    public void Concurrency(int? found) => _concurrency = found;

    /// <summary>The progress now.</summary>
    public BatchProgress Snapshot(TimeSpan now)
    {
        var ended = _counts.Ended;
        var (rate, left) = _rate.Sample(now, ended - _endedAtOnce, total - ended);
        return new BatchProgress
        {
            Total = total,
            CountByState = _counts,
            Elapsed = now,
            EndedPerMinute = rate,
            // How long a person thinks it over is no part of any rate.
            TimeLeft = _pausedSince is null ? left : null,
            PausedSince = _pausedSince,
            HeldBack = _heldUntil > now ? _heldUntil - now : null,
            Away = _away,
            HeldAtAccount = _heldAtAccount,
            Concurrency = _concurrency,
            Warnings = [.. _warnings.Values],
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
}
