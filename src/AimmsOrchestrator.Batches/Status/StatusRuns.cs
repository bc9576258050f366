using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;

namespace AimmsOrchestrator.Batches.Status;

/// <summary>The runs that a batch's status shows.</summary>
/// <param name="UnderWay">All that have begun and not ended.</param>
/// <param name="Failed">The first few that failed: there may be as many as there are runs.</param>
public sealed record StatusRuns(IReadOnlyList<RunRecord> UnderWay, IReadOnlyList<RunRecord> Failed)
{
    /// <param name="runs">A batch's runs.</param>
    /// <param name="mostFailed">How many that failed are kept.</param>
    public static StatusRuns Of(IEnumerable<RunRecord> runs, int mostFailed)
    {
        var (underWay, failed) = (new List<RunRecord>(), new List<RunRecord>());
        foreach (var run in runs)
        {
            if (!run.Phase.IsEnded())
            {
                underWay.Add(run);
            }
            else if (run.Phase == RunPhase.Failed && failed.Count < mostFailed)
            {
                failed.Add(run);
            }
        }

        return new StatusRuns(underWay, failed);
    }
}
