using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Domain.Settlement;

/// <summary>A verdict and what it rests on.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Task">The adopted task; null for the other verdicts.</param>
/// <param name="Reason">One line for a person.</param>
public sealed record SettlementOutcome(SettlementVerdict Verdict, TaskId? Task, string Reason);
