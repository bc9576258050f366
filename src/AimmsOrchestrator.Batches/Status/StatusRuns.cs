using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;

namespace AimmsOrchestrator.Batches.Status;

/// <summary>The runs that a batch's status shows: those that have begun and not ended.</summary>
public static class StatusRuns
{
    /// <param name="runs">A batch's runs.</param>
    public static IReadOnlyList<RunRecord> UnderWay(IEnumerable<RunRecord> runs) =>
        [.. runs.Where(run => !run.Phase.IsEnded())];
}
