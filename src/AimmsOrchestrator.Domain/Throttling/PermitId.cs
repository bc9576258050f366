namespace AimmsOrchestrator.Domain.Throttling;

/// <summary>Identifies one run's permits, from before its submit until its task has ended. An ordinal.</summary>
public readonly record struct PermitId(long Value);
