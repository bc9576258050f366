using System.Runtime.InteropServices;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Domain.Workspaces;

/// <summary>
/// A lease that is renewed by signs of life: it holds for a while after the last one was sent. Both clocks must agree, since the
/// monotonic one stands still while a machine sleeps, and the other one may be set. Safe for many threads.
/// </summary>
/// <param name="time">The clocks.</param>
/// <param name="lifetime">For how long it holds.</param>
public sealed class MonotonicLease(TimeProvider time, TimeSpan lifetime) : ISendLease
{
    private readonly Lock _lock = new();
    private Moment? _renewed;
    private bool _isLost;

    /// <inheritdoc />
    public bool MaySend
    {
        get
        {
            lock (_lock)
            {
                return !_isLost && _renewed is { } since && Holds(since);
            }
        }
    }

    /// <inheritdoc />
    public TimeSpan? Lifetime => lifetime;

    /// <summary>The moment now: to be taken before the sign of life is sent, since that may be on its way for long.</summary>
    public static Moment Now(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        return new Moment(time.GetTimestamp(), time.GetUtcNow());
    }

    /// <summary>A sign of life is in the database, and the batch is this process's own there.</summary>
    /// <param name="sent">The moment before it was sent.</param>
    public void Renew(Moment sent)
    {
        lock (_lock)
        {
            if (_renewed is not { } before || sent.Timestamp > before.Timestamp)
            {
                _renewed = sent;
            }
        }
    }

    /// <summary>Another process drives the batch: the lease never holds again.</summary>
    public void Lose()
    {
        lock (_lock)
        {
            _isLost = true;
        }
    }

    private bool Holds(Moment since) =>
        time.GetElapsedTime(since.Timestamp) < lifetime
        && time.GetUtcNow() - since.Clock is var elapsed
        && elapsed >= TimeSpan.Zero
        && elapsed < lifetime;

    /// <summary>A moment on both clocks.</summary>
    /// <param name="Timestamp">On the monotonic one.</param>
    /// <param name="Clock">On the other one.</param>
    [StructLayout(LayoutKind.Auto)]
    public readonly record struct Moment(long Timestamp, DateTimeOffset Clock);
}
