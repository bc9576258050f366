using System.Collections.Concurrent;
using AimmsOrchestrator.Domain.Batches;

namespace AimmsOrchestrator.Server.Fleet;

/// <summary>Batches that could not be driven: each waits twice as long as the time before. Safe for many threads.</summary>
/// <param name="first">The first wait.</param>
/// <param name="longest">The longest one.</param>
/// <param name="time">The clock; what it is set to in between changes nothing.</param>
internal sealed class Backoff(TimeSpan first, TimeSpan longest, TimeProvider time)
{
    private readonly ConcurrentDictionary<BatchId, (long Since, TimeSpan Wait, string Reason)> _waits = new();

    /// <summary>Whether a batch does not wait.</summary>
    public bool IsDue(BatchId batch) =>
        !_waits.TryGetValue(batch, out var known) || time.GetElapsedTime(known.Since) >= known.Wait;

    /// <summary>Why a batch could not be driven the last time; null where it could.</summary>
    public string? ReasonOf(BatchId batch) => _waits.TryGetValue(batch, out var known) ? known.Reason : null;

    /// <summary>A batch could not be driven.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="reason">Why, in one line.</param>
    public void Postpone(BatchId batch, string reason) =>
        _waits.AddOrUpdate(
            batch,
            _ => (time.GetTimestamp(), first, reason),
            (_, known) => (time.GetTimestamp(), known.Wait * 2 > longest ? longest : known.Wait * 2, reason)
        );

    /// <summary>A batch could be driven.</summary>
    public void Forget(BatchId batch) => _waits.TryRemove(batch, out _);
}
