using AimmsOrchestrator.Domain.Settlement.Clocks;
using AimmsOrchestrator.Domain.Settlement.Submits;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Domain.Settlement;

/// <summary>
/// What the journal knew right after the list's last page, as <see cref="SettlementEffect.ReadJournal"/> asked for it.
/// </summary>
/// <param name="OpenSubmits">
/// The POSTs of any batch to the same service whose fate is not known. They are read before <paramref name="Known"/>: a
/// POST that is answered in between must not leave its task without an owner.
/// </param>
/// <param name="Tasks">The batch's own tasks of that time that the service still keeps.</param>
/// <param name="Known">The listed tasks that a run of the workspace has, or once had.</param>
public sealed record JournalKnowledge(
    IReadOnlyList<OpenSubmit> OpenSubmits,
    IReadOnlyList<KnownTask> Tasks,
    IReadOnlySet<TaskId> Known
)
{
    /// <summary>Own tasks at the service on both clocks, the latest ones.</summary>
    public IReadOnlyList<ClockSample> Samples { get; init; } = [];
}

/// <summary>A task of the batch that the journal knows.</summary>
/// <param name="Task">The task.</param>
/// <param name="IsUnfinished">Whether it had not ended at its last poll: then the service certainly has it.</param>
/// <param name="IntendedAt">When its submit was intended.</param>
/// <param name="AnsweredAt">When its id was here; null where it was adopted.</param>
public sealed record KnownTask(
    TaskId Task,
    bool IsUnfinished,
    DateTimeOffset IntendedAt,
    DateTimeOffset? AnsweredAt = null
);
