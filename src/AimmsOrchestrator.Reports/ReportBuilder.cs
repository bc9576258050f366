using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Reports.Charts;
using AimmsOrchestrator.Reports.Charts.Choice;
using AimmsOrchestrator.Reports.Designs;
using AimmsOrchestrator.Reports.Failures;
using AimmsOrchestrator.Reports.Frames;
using AimmsOrchestrator.Reports.Statistics;
using AimmsOrchestrator.Reports.Tables;

namespace AimmsOrchestrator.Reports;

/// <summary>Builds a report's contents in two walks over the runs of a batch, without holding them.</summary>
public static class ReportBuilder
{
    /// <summary>The most rows of the table of runs, unless the caller asks for another number.</summary>
    public const int MostRows = 20_000;

    /// <summary>The most bytes of the table of runs as JSON: the rest of the page fits below ten megabytes as well.</summary>
    internal const int MostBytes = 5_000_000;

    /// <summary>A batch with at least this number of runs: what a walk over them leaves behind is worth the time to give it back.</summary>
    private const int Large = 100_000;

    /// <summary>The contents of a report for people.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="runs">Its runs.</param>
    /// <param name="context">What it says beside what the runs tell; null for nothing.</param>
    /// <param name="mostRows">
    /// The most runs of the table. Of more runs it is an even sample, which includes the best runs of every result and the
    /// first of each group of failures; a sample of wide runs is smaller.
    /// </param>
    public static ReportContents Build(
        BatchRecord batch,
        RunWalk runs,
        ReportContext? context = null,
        int mostRows = MostRows
    )
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(runs);
        context ??= new ReportContext();
        var (frame, analysis) = FirstWalk(batch, runs.All());
        var timeline = Timeline.Rows(frame);
        var table = new RunTableBuilder(frame, context.Baseline, mostRows, MostBytes, analysis.TellingRows());
        HashSet<int> named = [.. analysis.NamedRows(), .. timeline];
        var names = SecondWalk(frame, runs, named, table);
        GiveBack(frame.Count, context);
        var timelineChart = Timeline.Of(frame, timeline, row => names.GetValueOrDefault(row, ""));
        var design = SweepDesign.Find(batch, frame);
        var charts = ChartChooser.Choose(frame, design, analysis.Results, Wishes(context));
        charts = [.. charts, .. timelineChart is null ? [] : new Chart[] { timelineChart }];
        var drawn = ChartArrangement.Of(charts, context.Charts);
        var statistics = analysis.Summarize(names, design, drawn, context);
        var missing = string.Join("; ", ChartArrangement.Missing(charts, context.Charts));
        return new ReportContents
        {
            Title = batch.Id.Value,
            Description = batch.Description,
            Findings = statistics.Findings,
            Facts =
            [
                .. BatchFactSheet.Of(batch, frame, context.Baseline, context.Asked),
                .. missing.Length == 0 ? [] : new ReportFact[] { new("charts", missing) },
            ],
            Summaries = statistics.Summaries,
            Table = statistics.Table,
            IsSample = design.IsRandom,
            Charts = drawn,
            Failures = statistics.Failures,
            Expectations = context.Expectations,
            Runs = table.Table(),
        };
    }

    /// <summary>The statistics alone, for a format that draws nothing and lists the runs itself.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="runs">Its runs.</param>
    /// <param name="context">What it says beside what the runs tell; null for nothing.</param>
    public static ReportStatistics Summarize(BatchRecord batch, RunWalk runs, ReportContext? context = null)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(runs);
        context ??= new ReportContext();
        var (statistics, count) = Analyze(batch, runs, context);
        // Nothing refers to the columns any more, and the caller is about to walk over the runs again.
        GiveBack(count, context);
        return statistics;
    }

    private static (ReportStatistics Statistics, int Runs) Analyze(
        BatchRecord batch,
        RunWalk runs,
        ReportContext context
    )
    {
        var (frame, analysis) = FirstWalk(batch, runs.All());
        var names = SecondWalk(frame, runs, [.. analysis.NamedRows()], table: null);
        GiveBack(frame.Count, context);
        var design = SweepDesign.Find(batch, frame);
        var charts = ChartChooser.Choose(frame, design, analysis.Results, Wishes(context));
        return (analysis.Summarize(names, design, charts, context), frame.Count);
    }

    private static ChartWishes Wishes(ReportContext context) =>
        new(context.Charts, context.Thresholds, context.Baseline);

    private static (RunFrame Frame, Analysis Analysis) FirstWalk(BatchRecord batch, IEnumerable<RunRecord> runs)
    {
        var failures = new FailureCollector();
        var frame = RunFrame.Of(batch, runs, failures.Add);
        return (frame, new Analysis(frame, failures));
    }

    /// <summary>Reads once more the runs that the report shows by name or in its table.</summary>
    private static Dictionary<int, string> SecondWalk(
        RunFrame frame,
        RunWalk runs,
        HashSet<int> named,
        RunTableBuilder? table
    )
    {
        var rows = new Dictionary<long, int>(named.Count);
        foreach (var row in named.Concat(table?.WantedRows() ?? []))
        {
            rows[frame.Indexes[row]] = row;
        }

        var names = new Dictionary<int, string>();
        foreach (var run in runs.Some(rows.ContainsKey))
        {
            var row = rows[run.Index];
            if (named.Contains(row))
            {
                names[row] = RunTableBuilder.Short(run.Name);
            }

            table?.Offer(row, run);
        }

        return names;
    }

    /// <summary>
    /// Returns the memory that a walk over many runs needed for a moment: 12 to 26 MB of 180 at the peak of a report of 300,000
    /// runs, in no more time, measured.
    /// </summary>
    private static void GiveBack(int runs, ReportContext context)
    {
        if (runs >= Large && context.HasProcessAlone)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
    }
}
