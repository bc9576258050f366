using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Settlement;

namespace AimmsOrchestrator.Engine.Settlement;

/// <summary>What the settlement actor is told.</summary>
internal static class SettlementCommands
{
    /// <summary>
    /// Find out what became of the sender's POST; it hears a <see cref="RunFact.VerdictReached"/>. A later word about the same
    /// run takes the place of an earlier one.
    /// </summary>
    public sealed record Settle(long Run, int Attempt, LostSubmit Submit);
}
