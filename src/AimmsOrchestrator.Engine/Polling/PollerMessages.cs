using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Engine.Polling;

/// <summary>What the poller can do.</summary>
internal static class PollerCommands
{
    /// <summary>Tell the sender, once, when to poll its task, or what the service's list says of it.</summary>
    /// <param name="Number">Which of the run's watches this is; the answer repeats it.</param>
    /// <param name="Task">The task.</param>
    /// <param name="State">Its last known state.</param>
    /// <param name="Age">For how long it has been running; where it is not, for how long the service has had it.</param>
    public sealed record Watch(int Number, TaskId Task, TaskState State, TimeSpan Age);

    /// <summary>The sender does not wait for its task any more.</summary>
    public sealed record Unwatch(TaskId Task);

    /// <summary>The sender's run is over, or has no task any more.</summary>
    public sealed record Forget(TaskId Task);

    /// <summary>A task of the batch has ended.</summary>
    /// <param name="Task">The task.</param>
    /// <param name="Queue">How long it waited at the service; null where that is not known.</param>
    /// <param name="Run">How long it ran; null where that is not known.</param>
    public sealed record AddDurations(TaskId Task, TimeSpan? Queue, TimeSpan? Run)
    {
        /// <summary>At which of this process's hooks the service could call about it; null for none.</summary>
        public string? Hook { get; init; }
    }

    /// <summary>The service called at a hook: its task has ended.</summary>
    public sealed record AnnounceEnd(string Hook);
}

/// <summary>How the poller answers a watch, which is over then.</summary>
internal static class PollerNotifications
{
    /// <summary>Poll the task now.</summary>
    public sealed record PollDue(int Number);

    /// <summary>The list has the task in another state.</summary>
    public sealed record Listed(int Number, TaskSnapshot Task);
}
