using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Batches.Control;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Workspaces;

namespace AimmsOrchestrator.Batches.Status;

/// <summary>Where a batch is, by the journal and its claim: also while another process drives it.</summary>
/// <param name="Batch">The batch.</param>
/// <param name="Begun">How many runs that have begun are in each state.</param>
/// <param name="Holder">The process that drives it now; null where none does.</param>
public sealed record BatchStatus(BatchRecord Batch, StateCounts Begun, ClaimHolder? Holder)
{
    /// <summary>The order of the journal's rows, by phase and task state.</summary>
    private static readonly RunState[] JournalOrder =
    [
        RunState.Assigned,
        RunState.Queued,
        RunState.Running,
        RunState.Solving,
        RunState.Cancelled,
        RunState.Completed,
        RunState.Failed,
        RunState.Pending,
        RunState.Retrieving,
        RunState.Submitting,
        RunState.Unconfirmed,
    ];

    /// <summary>One that has ended is not running, although its driver keeps its claim for a moment longer.</summary>
    public BatchState State =>
        Holder is null || Batch.IsFinished ? Batch.ToState()
        : PausedSince is null ? BatchState.Running
        : BatchState.Paused;

    /// <summary>Since when a person has paused it, also where no process drives it; null where it is not paused.</summary>
    public DateTimeOffset? PausedSince => Batch.IsFinished ? null : Controls.Pause?.At;

    /// <summary>How many runs are in each state; those that have not begun are pending, or cancelled with their batch.</summary>
    public StateCounts Counts { get; } =
        Begun.Plus(
            Batch.End == BatchEnd.Cancelled ? RunState.Cancelled : RunState.Pending,
            Math.Max(0, Batch.RunCount - Begun.Total ?? 0)
        );

    /// <summary>The states that have runs, those of the journal first: scripts may rely on this order.</summary>
    public IEnumerable<(RunState State, long Count)> ByState =>
        JournalOrder
            .Where(state => Counts[state] > 0)
            .OrderByDescending(state => Begun[state] > 0)
            .Select(state => (state, Counts[state]));

    /// <summary>Why runs failed.</summary>
    public FailureCounts Failures { get; init; } = FailureCounts.None;

    /// <summary>How many bytes it takes; null where that was not asked for.</summary>
    public StoredSize? Size { get; init; }

    /// <summary>What people set of it.</summary>
    public ControlLog Controls { get; init; } = ControlLog.Empty;

    /// <summary>How many unfinished tasks its driver keeps by what it has found; null where it finds none, or none drives it.</summary>
    public int? FoundConcurrency { get; init; }

    /// <summary>What is wrong with the batch as a whole.</summary>
    public IReadOnlyList<BatchWarning> Warnings { get; init; } = [];

    public static BatchStatus Of(BatchRecord batch, IJournalReader reader, IWorkspace workspace)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(reader);
        return Of(batch, reader.CountByState(batch.Number), reader, workspace);
    }

    /// <summary>Where a batch is whose runs have been counted.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="begun">How many runs that have begun are in each state.</param>
    /// <param name="reader">Reads the rest.</param>
    /// <param name="workspace">Knows who drives it.</param>
    public static BatchStatus Of(BatchRecord batch, StateCounts begun, IJournalReader reader, IWorkspace workspace)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(begun);
        ArgumentNullException.ThrowIfNull(reader);
        var holder = workspace.HolderOf(batch.Id);
        return new(batch, begun, holder)
        {
            FoundConcurrency = holder is null || batch.IsFinished ? null : reader.FoundConcurrency(batch.Number),
            Failures = begun.Failed > 0 ? reader.CountFailures(batch.Number) : FailureCounts.None,
            Warnings = reader.Warnings(batch.Number),
            Controls = reader.Controls(batch.Number),
        };
    }
}
