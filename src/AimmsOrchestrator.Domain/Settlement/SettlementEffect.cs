using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Domain.Settlement;

/// <summary>What the settlement needs next.</summary>
public abstract record SettlementEffect
{
    private SettlementEffect() { }

    /// <summary>Poll the list after a wait; it replaces an earlier one. Answered by <see cref="SettlementState.Poll"/>.</summary>
    public sealed record PollLater(TimeSpan After) : SettlementEffect;

    /// <summary>Get a page of the list. Answered by <see cref="SettlementState.TakePage"/>.</summary>
    public sealed record GetPage(TaskFilter Filter) : SettlementEffect;

    /// <summary>Get one task. Answered by <see cref="SettlementState.TakeTask"/>.</summary>
    public sealed record GetTask(TaskId Task) : SettlementEffect;

    /// <summary>Read the journal. Answered by <see cref="SettlementState.Judge"/>.</summary>
    /// <param name="Since">Which of the batch's own tasks: those submitted after this moment, on this machine's clock.</param>
    /// <param name="Listed">The listed tasks that the journal may know.</param>
    public sealed record ReadJournal(DateTimeOffset Since, IReadOnlyList<TaskId> Listed) : SettlementEffect;
}
