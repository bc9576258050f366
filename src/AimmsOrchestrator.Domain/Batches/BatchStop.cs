namespace AimmsOrchestrator.Domain.Batches;

/// <summary>Why a batch stops before its last run.</summary>
/// <param name="End">The sort of end.</param>
/// <param name="Reason">One line for a person.</param>
public sealed record BatchStop(BatchEnd End, string Reason);
