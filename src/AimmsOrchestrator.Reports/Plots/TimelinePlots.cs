using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Reports.Charts;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace AimmsOrchestrator.Reports.Plots;

/// <summary>When which task waited and ran, above how many were at the service.</summary>
internal static class TimelinePlots
{
    private const double UpperShare = 0.68;

    public static IReadOnlyList<(Plot Plot, PlotArea Place)> Of(TimelineChart chart)
    {
        var end = chart.Spans.Select(s => s.Ended).Concat(chart.Concurrency.Select(p => p.X)).DefaultIfEmpty(1).Max();
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
            Rectangle(plot, span.Submitted, span.Running, span.Lane, PlotStyle.Waiting);
            var ran = span.State == RunState.Failed.Word() ? PlotStyle.Bad : PlotStyle.Series(0);
            Rectangle(plot, span.Running, span.Ended, span.Lane, ran);
        }

        var lanes = chart.Spans.Select(span => span.Lane).DefaultIfEmpty(0).Max() + 1;
        PlotStyle.Describe(plot.Axes.Left, new Charts.Axis("tasks"));
        plot.Axes.Left.TickGenerator = new NumericManual();
        plot.Axes.Bottom.TickGenerator = new NumericManual();
        Align(plot);
        plot.HideGrid();
        plot.Axes.SetLimits(0, end, -lanes, 0);
        return plot;
    }

    private static Plot Concurrency(TimelineChart chart, double end)
    {
        var plot = PlotStyle.Empty("");
        PlotStyle.Describe(plot.Axes.Left, new Charts.Axis("unfinished"));
        PlotStyle.Describe(plot.Axes.Bottom, new Charts.Axis("seconds"));
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

    /// <summary>Both plots begin at the same place.</summary>
    private static void Align(Plot plot)
    {
        plot.Axes.Left.MinimumSize = 70;
        plot.Axes.Left.MaximumSize = 70;
        plot.Axes.Right.MinimumSize = 24;
    }

    private static void Rectangle(Plot plot, double from, double to, int lane, Color color)
    {
        if (to <= from)
        {
            return;
        }

        var rectangle = plot.Add.Rectangle(from, to, -lane - 0.92, -lane - 0.08);
        rectangle.FillColor = color;
        rectangle.LineWidth = 0;
    }
}
