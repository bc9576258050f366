using AimmsOrchestrator.Domain.Runs;

namespace AimmsOrchestrator.Domain.Batches.Rules;

/// <summary>In which order a resumed batch takes the runs that have begun.</summary>
public static class ResumeOrder
{
    /// <summary>
    /// The runs that the service may have a task of, which come before all others: their slots are taken, and what became of
    /// a lost submit must be known before another one is made.
    /// </summary>
    public static IEnumerable<KeyValuePair<long, Run>> First(IEnumerable<KeyValuePair<long, Run>> unfinished) =>
        unfinished
            .Where(pair => pair.Value.Phase != RunPhase.Pending)
            .OrderByDescending(pair => pair.Value.Phase.IsUnconfirmed())
            .ThenByDescending(pair => pair.Value.Phase.MayHoldSlot())
            .ThenBy(pair => pair.Key);
}
