using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Reports.Charts;
using AimmsOrchestrator.Reports.Designs;
using AimmsOrchestrator.Reports.Failures;
using AimmsOrchestrator.Reports.Frames;
using AimmsOrchestrator.Reports.Tables;

namespace AimmsOrchestrator.Reports;

/// <summary>Builds a report's contents in two walks over the runs of a batch, without holding them.</summary>
public static class ReportBuilder
{
    /// <summary>The most rows of the table of runs, unless the caller asks for another number.</summary>
    public const int MostRows = 20_000;

    /// <summary>The most bytes of the table of runs as JSON: the rest of the page fits below ten megabytes as well.</summary>
    internal const int MostBytes = 5_000_000;

    /// <summary>The contents of a report for people.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="runs">Its runs, from the beginning at each call.</param>
    /// <param name="baseline">The run that results are compared with; null for no comparison.</param>
    /// <param name="asked">More facts about the request: the app, what the command line changed; null for none.</param>
    /// <param name="mostRows">
    /// The most runs of the table. Of more runs it is an even sample, which includes the best runs of every result and the
    /// first of each group of failures; a sample of wide runs is smaller.
    /// </param>
    public static ReportContents Build(
        BatchRecord batch,
        Func<IEnumerable<RunRecord>> runs,
        Baseline? baseline = null,
        IReadOnlyList<ReportFact>? asked = null,
        int mostRows = MostRows
    )
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(runs);
        var (frame, findings) = FirstWalk(batch, runs());
        var timeline = Timeline.Rows(frame);
        var table = new RunTableBuilder(frame, baseline, mostRows, MostBytes, findings.TellingRows());
        HashSet<int> named = [.. findings.NamedRows(), .. timeline];
        var names = SecondWalk(frame, runs(), named, table);
        var timelineChart = Timeline.Of(frame, timeline, row => names.GetValueOrDefault(row, ""));
        var statistics = findings.Summarize(names);
        return new ReportContents
        {
            Title = batch.Id.Value,
            Description = batch.Description,
            Facts = BatchFactSheet.Of(batch, frame, baseline, asked ?? []),
            Summaries = statistics.Summaries,
            Charts =
            [
                .. ChartChooser.Choose(frame, SweepDesign.Find(batch, frame), findings.Results),
                .. timelineChart is null ? [] : new Chart[] { timelineChart },
            ],
            Failures = statistics.Failures,
            Runs = table.Table(),
        };
    }

    /// <summary>The statistics alone, for a format that draws nothing and lists the runs itself.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="runs">Its runs, from the beginning at each call.</param>
    public static ReportStatistics Summarize(BatchRecord batch, Func<IEnumerable<RunRecord>> runs)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(runs);
        var (frame, findings) = FirstWalk(batch, runs());
        return findings.Summarize(SecondWalk(frame, runs(), [.. findings.NamedRows()], table: null));
    }

    private static (RunFrame Frame, Analysis Findings) FirstWalk(BatchRecord batch, IEnumerable<RunRecord> runs)
    {
        var failures = new FailureCollector();
        var frame = RunFrame.Of(batch, runs, failures.Add);
        return (frame, new Analysis(frame, failures));
    }

    /// <summary>The batch may be running: runs that are new since the first walk are skipped.</summary>
    private static Dictionary<int, string> SecondWalk(
        RunFrame frame,
        IEnumerable<RunRecord> runs,
        HashSet<int> named,
        RunTableBuilder? table
    )
    {
        var names = new Dictionary<int, string>();
        var row = 0;
        foreach (var run in runs)
        {
            while (row < frame.Count && frame.Indexes[row] < run.Index)
            {
                row++;
            }

            if (row == frame.Count || (table is null && names.Count == named.Count))
            {
                break;
            }

            if (frame.Indexes[row] != run.Index)
            {
                continue;
            }

            if (named.Contains(row))
            {
                names[row] = RunTableBuilder.Short(run.Name);
            }

            table?.Offer(row, run);
        }

        return names;
    }
}
