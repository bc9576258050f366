using AimmsOrchestrator.Domain.Batches;

namespace AimmsOrchestrator.Engine.Batches;

/// <summary>How a batch went.</summary>
/// <param name="End">How it ended.</param>
/// <param name="Reason">Why it stopped before its end; null where every run ended.</param>
/// <param name="Tally">How many runs ended how, those of earlier processes included.</param>
public sealed record BatchOutcome(BatchEnd End, string? Reason, BatchTally Tally);
