using AimmsOrchestrator.Domain.Settlement.Submits;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Domain.Runs;

/// <summary>Something to be done for a run, once the events decided with it are on disk.</summary>
public abstract record RunEffect
{
    private RunEffect() { }

    /// <summary>Something that goes to the service once the throttle allows it.</summary>
    /// <param name="After">How long to wait before asking the throttle.</param>
    public abstract record Permitted(TimeSpan After) : RunEffect;

    /// <summary>After a wait, request a permit to make one POST.</summary>
    public sealed record AcquireSubmit(TimeSpan After) : Permitted(After);

    /// <summary>Make the POST.</summary>
    public sealed record Submit(int Attempt) : RunEffect;

    /// <summary>The POST's fate is known and on disk: the next run may make its own.</summary>
    public sealed record ReleaseSubmit : RunEffect;

    /// <summary>The account has no slot: no run of the batch intends a submit before it has one again.</summary>
    public sealed record AwaitAccount : RunEffect;

    /// <summary>Find out what became of a POST whose answer was lost; no other is made meanwhile.</summary>
    public sealed record Settle(int Attempt, DateTimeOffset IntendedAt, DateTimeOffset LostAt) : RunEffect
    {
        /// <summary>How the answer was lost.</summary>
        public SubmitLoss Loss { get; init; }

        /// <summary>When this process took the POST up, where an earlier one made it; null where it is this one's own.</summary>
        public DateTimeOffset? InheritedAt { get; init; }

        /// <summary>Whether that earlier process gave the answer up itself, at <see cref="LostAt"/>; otherwise it was no later.</summary>
        public bool IsLossSeen { get; init; }

        /// <summary>As in <see cref="LostSubmit.ArrivesWithin"/>.</summary>
        public TimeSpan? ArrivesWithin { get; init; }

        /// <summary>The lost POST.</summary>
        public LostSubmit ToLostSubmit(TaskTarget? target)
        {
            var lostAt = InheritedAt < LostAt ? InheritedAt.Value : LostAt;
            var submit =
                InheritedAt is null || IsLossSeen
                    ? LostSubmit.Seen(target, IntendedAt, lostAt)
                    : LostSubmit.Of(target, IntendedAt, lostAt);
            submit = submit with { Loss = Loss };
            return InheritedAt is { } taken ? submit.InheritedBy(taken, IntendedAt, ArrivesWithin) : submit;
        }
    }

    /// <summary>After a wait, interrupt the task.</summary>
    public sealed record Interrupt(TaskId Task, TaskService.Interrupt How, TimeSpan After) : Permitted(After);

    /// <summary>Remove the task from the service's queue.</summary>
    public sealed record Withdraw(TaskId Task) : Permitted(TimeSpan.Zero);

    /// <summary>Poll the task now, without the rest of the wait.</summary>
    public sealed record PollNow(TaskId Task) : RunEffect;

    /// <summary>Poll the task after this time at the latest, where it waits for its next poll.</summary>
    public sealed record PollWithin(TimeSpan After) : RunEffect;

    /// <summary>Stop working on the run; a later <c>resume</c> continues it.</summary>
    public sealed record Detach : RunEffect;

    /// <summary>After a wait, poll the task's state.</summary>
    public sealed record Poll(TaskId Task, TimeSpan After) : Permitted(After);

    /// <summary>Have the poller notice when the task changes its state.</summary>
    /// <param name="Task">The task.</param>
    /// <param name="State">Its last known state.</param>
    /// <param name="Age">For how long it has been running; where it is not, for how long the service has had it.</param>
    /// <param name="Latest">After this time the task is polled in any case.</param>
    public sealed record Watch(TaskId Task, TaskState State, TimeSpan Age, TimeSpan Latest) : RunEffect;

    /// <summary>After a wait, get the task's response.</summary>
    public sealed record Fetch(TaskId Task, TimeSpan After) : Permitted(After);

    /// <summary>Extract the scenario's results from what came.</summary>
    /// <param name="Task">The task as it ended.</param>
    /// <param name="Response">What it wrote.</param>
    /// <param name="Earlier">Whose response it is, where the run copies another one's; null where it is its own.</param>
    public sealed record ExtractResults(
        TaskSnapshot Task,
        TaskResponse? Response,
        CachedOutcome.WithResponse? Earlier = null
    ) : RunEffect;

    /// <summary>The task has ended at the service: its slot is free.</summary>
    public sealed record ReleaseSlot : RunEffect;

    /// <summary>The service asks for a pause.</summary>
    public sealed record PauseFor(TimeSpan Duration) : RunEffect;

    /// <summary>
    /// Every other run would meet the same: the batch stops here, this run stays as it is. A submit permit is not given
    /// back before that, or the next run would make its POST in the meantime.
    /// </summary>
    public sealed record StopBatch(ServiceFault Fault) : RunEffect;

    /// <summary>The run has ended.</summary>
    public sealed record Finish : RunEffect;
}
