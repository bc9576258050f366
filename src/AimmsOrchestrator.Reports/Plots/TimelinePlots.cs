using System.Globalization;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Reports.Charts;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace AimmsOrchestrator.Reports.Plots;

/// <summary>When each task waited and ran, above the number of tasks at the service.</summary>
internal static class TimelinePlots
{
    private const double UpperShare = 0.68;
    private const double HalfHeight = 0.42;

    /// <summary>A shorter bar could not be seen, as a share of the whole time.</summary>
    private const double LeastWidth = 0.002;

    /// <summary>Tasks that took no time at all still have a time axis, in seconds.</summary>
    private const double LeastEnd = 0.001;

    public static IReadOnlyList<(Plot Plot, PlotArea Area)> Of(TimelineChart chart)
    {
        var last = chart.Spans.Select(s => s.Ended).Concat(chart.Concurrency.Select(p => p.X)).DefaultIfEmpty(1).Max();
        var end = Math.Max(last, LeastEnd);
        return
        [
            (Lanes(chart, end), new PlotArea(0, 0, 1, UpperShare)),
            (Concurrency(chart, end), new PlotArea(0, UpperShare, 1, 1 - UpperShare)),
        ];
    }

    private static Plot Lanes(TimelineChart chart, double end)
    {
        var plot = PlotStyle.Empty(chart.Title);
        foreach (var span in chart.Spans)
        {
            PlotStyle.Bar(plot, span.Submitted, span.Running, -span.Lane - 0.5, HalfHeight, PlotStyle.Waiting);
            var ran = IsFailed(span) ? PlotStyle.Bad : PlotStyle.Series(0);
            var from = Math.Min(span.Running, end * (1 - LeastWidth));
            var to = Math.Max(span.Ended, from + (end * LeastWidth));
            PlotStyle.Bar(plot, from, to, -span.Lane - 0.5, HalfHeight, ran);
        }

        var lanes = chart.Spans.Select(span => span.Lane).DefaultIfEmpty(0).Max() + 1;
        PlotStyle.Describe(plot.Axes.Left, new Charts.Axis("tasks"));
        plot.Axes.Left.TickGenerator = new NumericManual();
        plot.Axes.Bottom.TickGenerator = new NumericManual();
        Align(plot);
        plot.HideGrid();
        plot.Axes.SetLimits(0, end, -lanes, 0);
        Legends.Show(
            plot,
            Edge.Bottom,
            [
                ("waited", PlotStyle.Waiting),
                ("ran", PlotStyle.Series(0)),
                .. chart.Spans.Any(IsFailed) ? new[] { ("failed", PlotStyle.Bad) } : [],
            ]
        );
        return plot;
    }

    private static bool IsFailed(TimelineSpan span) => span.State == RunState.Failed.Word();

    private static Plot Concurrency(TimelineChart chart, double end)
    {
        var plot = PlotStyle.Empty(
            "",
            new Charts.Axis($"seconds since {Moment(chart.Start)}"),
            new Charts.Axis("unfinished")
        );
        var steps = plot.Add.Scatter(
            [.. chart.Concurrency.Select(p => p.X)],
            chart.Concurrency.Select(p => p.Y).ToArray(),
            PlotStyle.Series(1)
        );
        steps.ConnectStyle = ConnectStyle.StepHorizontal;
        steps.MarkerSize = 0;
        steps.LineWidth = 2;
        Align(plot);
        plot.Axes.SetLimits(0, end, 0, chart.Concurrency.Select(p => p.Y).DefaultIfEmpty(1).Max() * 1.15);
        return plot;
    }

    /// <summary>In UTC: a figure does not know its reader's zone.</summary>
    private static string Moment(DateTimeOffset start) =>
        start.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>Aligns the left edges of both plots.</summary>
    private static void Align(Plot plot)
    {
        plot.Axes.Left.MinimumSize = 70;
        plot.Axes.Left.MaximumSize = 70;
        plot.Axes.Right.MinimumSize = 24;
    }
}
