namespace AimmsOrchestrator.Domain.Policies;

/// <summary>The moments of a batch's deadline.</summary>
/// <param name="SubmitsEnd">No submit after this.</param>
/// <param name="Drain">Solvers are asked for what they have; what is still queued is withdrawn.</param>
/// <param name="End">The batch is left, whatever is under way.</param>
public sealed record StopSchedule(DateTimeOffset SubmitsEnd, DateTimeOffset Drain, DateTimeOffset End);
