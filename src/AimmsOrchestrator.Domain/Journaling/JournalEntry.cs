using AimmsOrchestrator.Domain.Accounts;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Batches.Control;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Progress;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Domain.TaskService.Insight;

namespace AimmsOrchestrator.Domain.Journaling;

/// <summary>One thing for the journal to append.</summary>
/// <param name="Batch">The batch's number in the workspace.</param>
public abstract record JournalEntry(long Batch)
{
    /// <summary>
    /// The batch's epoch as its writer knows it: each claim of the batch raises it, and an entry of another epoch is refused.
    /// 0 before the first claim.
    /// </summary>
    public long Epoch { get; init; }

    /// <summary>Whether only the process that has the batch's claim may append it; true but for what people set.</summary>
    public virtual bool NeedsClaim => true;
}

/// <summary>An event of a run, with what the run is and where it stands.</summary>
/// <param name="Batch">The batch's number.</param>
/// <param name="Planned">What the run is.</param>
/// <param name="Event">What happened.</param>
/// <param name="Before">The run's phase before.</param>
/// <param name="After">The run as this event and all before it fold it.</param>
public sealed record RunEventEntry(long Batch, PlannedRun Planned, RunEvent Event, RunPhase Before, Run After)
    : JournalEntry(Batch)
{
    /// <summary>
    /// What the account may come to, for an intent: above it there is no slot. Null, by default, where the batch shares its account
    /// with no other one.
    /// </summary>
    public AccountCeiling? Ceiling { get; init; }

    /// <summary>The entry of a run's next event.</summary>
    /// <param name="batch">The batch's number.</param>
    /// <param name="planned">What the run is.</param>
    /// <param name="before">The run as the events before this one fold it.</param>
    /// <param name="happened">What happened.</param>
    public static RunEventEntry Next(long batch, PlannedRun planned, Run before, RunEvent happened) =>
        new(batch, planned, happened, before.Phase, before.Apply(happened));
}

/// <summary>The service no longer keeps a completed run's task, request and response: this program removed them.</summary>
/// <param name="Batch">The batch's number.</param>
/// <param name="Run">The run's place in it.</param>
public sealed record TaskDeleted(long Batch, long Run) : JournalEntry(Batch);

/// <summary>The service asked for no requests for a while: no batch of the account intends a submit before that.</summary>
/// <param name="Batch">The number of the batch that heard it.</param>
/// <param name="Until">Until when; an earlier moment than the one in force changes nothing.</param>
public sealed record ServicePaused(long Batch, DateTimeOffset Until) : JournalEntry(Batch);

/// <summary>The log of a run's task was read from the service.</summary>
/// <param name="Batch">The batch's number.</param>
/// <param name="Run">The run's place in it.</param>
/// <param name="Task">The task.</param>
/// <param name="Text">The log, without the service's key.</param>
/// <param name="At">When it was read.</param>
public sealed record TaskLogRead(long Batch, long Run, TaskId Task, string Text, DateTimeOffset At)
    : JournalEntry(Batch);

/// <summary>How far the solver of a run is; replaces what was known of it.</summary>
/// <param name="Batch">The batch's number.</param>
/// <param name="Solve">The run, and how far it is.</param>
public sealed record SolveSeen(long Batch, RunSolve Solve) : JournalEntry(Batch);

/// <summary>The batch is executed again after it was left.</summary>
public sealed record BatchResumed(long Batch, DateTimeOffset At) : JournalEntry(Batch);

/// <summary>The batch is no longer executed: every run has ended, or something stopped it first.</summary>
/// <param name="Batch">The batch's number.</param>
/// <param name="End">How.</param>
/// <param name="Reason">Why it stopped before its end, in one line; null where every run ended.</param>
/// <param name="At">When.</param>
public sealed record BatchEnded(long Batch, BatchEnd End, string? Reason, DateTimeOffset At) : JournalEntry(Batch);

/// <summary>Something is wrong with the batch as a whole, or no longer is.</summary>
/// <param name="Batch">The batch's number.</param>
/// <param name="Subject">As in <see cref="BatchWarning"/>.</param>
/// <param name="Message">What is wrong now; null where nothing is.</param>
/// <param name="At">When.</param>
public sealed record BatchWarned(long Batch, string Subject, string? Message, DateTimeOffset At) : JournalEntry(Batch);

/// <summary>A person paused the batch, let it continue, or set a limit of it: any process may write that.</summary>
/// <param name="Batch">The batch's number.</param>
/// <param name="Settings">What was set, all of it or nothing.</param>
public sealed record ControlsSet(long Batch, IReadOnlyList<ControlSetting> Settings) : JournalEntry(Batch)
{
    /// <summary>The process that has the claim reads it, and obeys.</summary>
    public override bool NeedsClaim => false;
}
