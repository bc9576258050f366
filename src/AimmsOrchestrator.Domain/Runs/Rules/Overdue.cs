using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Domain.Runs.Rules;

/// <summary>What is to be done about a task whose time is over.</summary>
/// <param name="How">What to interrupt; null to remove it from the queue.</param>
/// <param name="Reason">Why, in one line.</param>
/// <param name="Limit">Which limit is over; null where none is.</param>
internal sealed record Overdue(Interrupt? How, string Reason, TimeSpan? Limit = null);
