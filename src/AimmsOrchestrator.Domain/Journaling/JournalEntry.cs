using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Runs;

namespace AimmsOrchestrator.Domain.Journaling;

/// <summary>One thing for the journal to keep.</summary>
/// <param name="Batch">The batch's number in the workspace.</param>
public abstract record JournalEntry(long Batch);

/// <summary>A step of a run. The first one of a run also writes down what the run is.</summary>
public sealed record RunEventEntry(long Batch, PlannedRun Run, RunEvent Event) : JournalEntry(Batch);

/// <summary>The service no longer keeps a completed run's task, request and response: this program removed them.</summary>
/// <param name="Batch">The batch's number.</param>
/// <param name="Run">The run's place in it.</param>
public sealed record TaskDeleted(long Batch, long Run) : JournalEntry(Batch);

/// <summary>The batch is driven again after it was left.</summary>
public sealed record BatchResumed(long Batch, DateTimeOffset At) : JournalEntry(Batch);

/// <summary>The batch is no longer driven: every run has ended, or something stopped it first.</summary>
/// <param name="Batch">The batch's number.</param>
/// <param name="End">How.</param>
/// <param name="Reason">Why it stopped before its end, in one line; null where every run ended.</param>
/// <param name="At">When.</param>
public sealed record BatchEnded(long Batch, BatchEnd End, string? Reason, DateTimeOffset At) : JournalEntry(Batch);
