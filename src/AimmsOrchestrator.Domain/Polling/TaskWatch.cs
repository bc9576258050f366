using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Domain.Polling;

/// <summary>An unfinished task whose next state is waited for. Moments are on the poller's monotonic clock.</summary>
/// <param name="Number">Which of the run's watches this is; an answer to an older one is out of date.</param>
/// <param name="Task">The task.</param>
/// <param name="State">Its last known state.</param>
/// <param name="Since">When it began to run; where it does not run yet, when the service accepted it.</param>
public sealed record TaskWatch(int Number, TaskId Task, TaskState State, TimeSpan Since)
{
    /// <summary>When it was last known to be unfinished.</summary>
    public TimeSpan SeenAt { get; init; }

    /// <summary>When to poll it, where it is polled by itself.</summary>
    public TimeSpan PollAt { get; init; }

    /// <summary>When to poll it although the list calls it unfinished: the list may be behind.</summary>
    public TimeSpan CheckAt { get; init; }

    /// <summary>Lists in a row that did not have it.</summary>
    public int Misses { get; init; }

    /// <summary>Whether it is executing.</summary>
    public bool IsRunning => State.IsExecuting();

    /// <summary>The age at which it was last known to be unfinished.</summary>
    public TimeSpan SeenAge => SeenAt > Since ? SeenAt - Since : TimeSpan.Zero;

    /// <summary>What a plan needs to know of it.</summary>
    public WatchedTask At(TimeSpan now)
    {
        var age = now > Since ? now - Since : TimeSpan.Zero;
        return new WatchedTask(age, SeenAge < age ? SeenAge : age);
    }
}
