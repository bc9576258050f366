using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Reports.Charts;
using AimmsOrchestrator.Reports.Failures;
using AimmsOrchestrator.Reports.Frames;
using AimmsOrchestrator.Reports.Statistics;

namespace AimmsOrchestrator.Reports;

/// <summary>Makes a report's contents from the runs of a batch: they are walked twice, and never held.</summary>
public static class ReportBuilder
{
    /// <summary>The most rows of the table of runs, where nothing else is asked for.</summary>
    public const int MostRows = 20_000;

    private const int MostGroups = 50;
    private const int MostRunsOfGroup = 5;

    /// <param name="batch">The batch.</param>
    /// <param name="runs">Its runs, anew at each call.</param>
    /// <param name="mostRows">
    /// How many runs the table has at most: an even sample of more, which holds the best runs of every result and the
    /// first of each group of failures.
    /// </param>
    public static ReportContents Of(BatchRecord batch, Func<IEnumerable<RunRecord>> runs, int mostRows = MostRows)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(runs);
        var failures = new FailureCollector();
        var frame = RunFrame.Of(batch, runs(), failures.Add);
        var results = ResultStatistics.Of(frame);
        var groups = failures.Groups(MostGroups);
        var timeline = Timeline.Rows(frame);
        int[] best = [.. results.SelectMany(r => new[] { r.RowOfMinimum, r.RowOfMaximum })];
        var shown = RunTableBuilder.Sample(frame.Count, mostRows, best.Concat(groups.Select(g => g.Rows[0])));
        HashSet<int> named = [.. best, .. groups.SelectMany(g => g.Rows.Take(MostRunsOfGroup)), .. timeline];
        var (table, names) = SecondWalk(frame, runs(), shown, named);
        var finder = new ConditionFinder(frame);
        var timelineChart = Timeline.Of(frame, timeline, row => Reference(row).Name);
        return new ReportContents
        {
            Title = batch.Id.Value,
            Description = batch.Description,
            Facts = BatchFacts.Of(batch, frame),
            Summaries = [.. results.Select(r => r.Summary(Reference))],
            Charts =
            [
                .. ChartChooser.Of(frame, results),
                .. timelineChart is null ? [] : new Chart[] { timelineChart },
            ],
            Failures = [.. groups.Select(Group)],
            Runs = table,
        };

        RunReference Reference(int row) => new(frame.Indexes[row], names.GetValueOrDefault(row, ""));

        FailureGroup Group(CollectedFailures group) =>
            new()
            {
                Message = group.Message,
                Example = group.Example,
                Count = group.Rows.Count,
                Condition = finder.Describe(group.Rows),
                Runs = [.. group.Rows.Take(MostRunsOfGroup).Select(Reference)],
            };
    }

    /// <summary>The batch may be under way: runs that were not there at the first walk are passed over.</summary>
    private static (RunTable Table, Dictionary<int, string> Names) SecondWalk(
        RunFrame frame,
        IEnumerable<RunRecord> runs,
        HashSet<int> shown,
        HashSet<int> named
    )
    {
        var table = new RunTableBuilder(frame);
        var names = new Dictionary<int, string>();
        var row = 0;
        foreach (var run in runs)
        {
            while (row < frame.Count && frame.Indexes[row] < run.Index)
            {
                row++;
            }

            if (row == frame.Count)
            {
                break;
            }

            if (frame.Indexes[row] != run.Index)
            {
                continue;
            }

            if (named.Contains(row))
            {
                names[row] = run.Name;
            }

            if (shown.Contains(row))
            {
                table.Add(run);
            }
        }

        return (table.Table(), names);
    }
}
