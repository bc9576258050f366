using AimmsOrchestrator.Domain.Planning;

namespace AimmsOrchestrator.Domain.Settlement;

/// <summary>What follows from a fact.</summary>
/// <param name="Next">The settlement afterwards.</param>
/// <param name="Effect">What it needs next; null where it waits for the answer to an earlier effect, or is idle.</param>
public sealed record SettlementDecision(SettlementState Next, SettlementEffect? Effect)
{
    /// <summary>The submits that are settled now; they are no longer part of <see cref="Next"/>.</summary>
    public IReadOnlyList<SettledSubmit> Settled { get; init; } = [];
}

/// <summary>A run's submit, and what became of it.</summary>
public sealed record SettledSubmit(RunReference Run, SettlementOutcome Outcome);
