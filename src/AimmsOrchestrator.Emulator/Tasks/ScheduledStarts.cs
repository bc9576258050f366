using System.Collections.Concurrent;

namespace AimmsOrchestrator.Emulator.Tasks;

/// <summary>The timers of tasks that are not to start before a moment.</summary>
internal sealed class ScheduledStarts(TimeProvider time) : IDisposable
{
    private readonly ConcurrentDictionary<EmulatedTask, ITimer> _timers = new();

    /// <summary>Calls once the task's moment has come; a moment that has passed comes at once.</summary>
    public void Add(EmulatedTask task, Action<EmulatedTask> due)
    {
        var wait = task.StartsAt!.Value - time.GetUtcNow();
        var timer = time.CreateTimer(
            _ =>
            {
                Remove(task);
                due(task);
            },
            null,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan
        );
        _timers[task] = timer;
        timer.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The task starts no more, or has started.</summary>
    public void Remove(EmulatedTask task)
    {
        if (_timers.TryRemove(task, out var timer))
        {
            timer.Dispose();
        }
    }

    public void Dispose()
    {
        foreach (var timer in _timers.Values)
        {
            timer.Dispose();
        }
    }
}
