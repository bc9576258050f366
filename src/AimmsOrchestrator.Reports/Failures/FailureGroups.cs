using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Reports.Frames;

namespace AimmsOrchestrator.Reports.Failures;

/// <summary>The failed runs of a batch by what their messages have in common, without the rest of a report.</summary>
public static class FailureGroups
{
    /// <param name="batch">The batch.</param>
    /// <param name="runs">Its runs, walked once.</param>
    /// <param name="most">How many groups at most; the rarer messages form one more.</param>
    /// <returns>The most frequent first; of each group's runs the first one's index alone, without its name.</returns>
    public static IReadOnlyList<FailureGroup> Of(BatchRecord batch, IEnumerable<RunRecord> runs, int most)
    {
        var failures = new FailureCollector();
        var frame = RunFrame.Of(batch, runs, failures.Add);
        var completed = frame.Rows(RunPhase.Completed);
        return
        [
            .. failures
                .Groups(most)
                .Select(group => new FailureGroup
                {
                    Message = group.Message,
                    Example = group.Example,
                    Count = group.Rows.Count,
                    Condition = CauseFinder.Find(frame, group.Rows, completed, Chance.MostOfTable)?.Description,
                    Runs = [new RunLabel(frame.Indexes[group.Rows[0]], "")],
                }),
        ];
    }
}
