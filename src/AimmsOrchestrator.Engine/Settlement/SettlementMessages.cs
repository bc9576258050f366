using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Settlement.Submits;

namespace AimmsOrchestrator.Engine.Settlement;

/// <summary>Commands to the settlement actor.</summary>
internal static class SettlementCommands
{
    /// <summary>
    /// Settle the sender's lost POST; the answer is a <see cref="RunFact.VerdictReached"/>. A later command about the same
    /// run replaces an earlier one.
    /// </summary>
    public sealed record Settle(long Run, int Attempt, LostSubmit Submit);
}
