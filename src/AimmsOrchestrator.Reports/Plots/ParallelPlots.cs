using AimmsOrchestrator.Reports.Charts;
using ScottPlot;
using ScottPlot.Colormaps;

namespace AimmsOrchestrator.Reports.Plots;

/// <summary>Runs as lines across several axes, each with its own scale, coloured by the last.</summary>
internal static class ParallelPlots
{
    public static Plot Of(ParallelCoordinates chart)
    {
        var plot = PlotStyle.Empty(chart.Title);
        var ranges = chart.Axes.Select((axis, i) => Range(chart, axis, i)).ToList();
        var colours = new Viridis();
        foreach (var row in chart.Rows)
        {
            double[] ys = [.. row.Select((value, i) => ranges[i].Share(PlotStyle.At(chart.Axes[i], value)))];
            var line = plot.Add.Scatter([.. ys.Select((_, i) => (double)i)], ys);
            line.MarkerSize = 0;
            line.LineWidth = 1;
            line.Color = colours.GetColor(ys[^1]).WithAlpha(0.45);
        }

        if (chart.BaseRow is { } start)
        {
            var line = plot.Add.Scatter(
                [.. start.Select((_, i) => (double)i)],
                (double[])[.. start.Select((value, i) => ranges[i].Share(PlotStyle.At(chart.Axes[i], value)))]
            );
            (line.MarkerSize, line.LineWidth, line.Color) = (0, 3, PlotStyle.Ink);
            (line.LinePattern, line.LegendText) = (LinePattern.Dashed, "base run");
            plot.ShowLegend(Edge.Bottom);
        }

        foreach (var (i, axis) in chart.Axes.Index())
        {
            var line = plot.Add.Line(i, 0, i, 1);
            line.LineColor = PlotStyle.Ink;
            line.MarkerSize = 0;
            Label(plot, axis, ranges[i], i);
        }

        if (chart.Axes is [.., { } last])
        {
            Legends.Scale(plot, colours, ranges[^1].Low, ranges[^1].High, last);
        }

        plot.Axes.Bottom.TickGenerator = PlotStyle.Categories([.. chart.Axes.Select(axis => axis.Name)]);
        plot.Axes.Left.IsVisible = false;
        plot.Axes.Top.IsVisible = false;
        plot.Axes.Right.IsVisible = false;
        plot.Axes.Bottom.FrameLineStyle.Width = 0;
        plot.HideGrid();
        plot.Axes.SetLimits(-0.4, chart.Axes.Count - 0.4, -0.08, 1.08);
        return plot;
    }

    private static Span Range(ParallelCoordinates chart, Charts.Axis axis, int index)
    {
        var values = chart.Rows.Select(row => PlotStyle.At(axis, row[index])).DefaultIfEmpty(0).ToList();
        return new Span(values.Min(), values.Max());
    }

    private static void Label(Plot plot, Charts.Axis axis, Span range, int index)
    {
        foreach (var (share, value) in new[] { (-0.05, range.Low), (1.05, range.High) })
        {
            PlotStyle.Label(plot, Text(axis, value), index, share, Alignment.MiddleCenter);
        }
    }

    private static string Text(Charts.Axis axis, double value) =>
        axis.Categories is { } names && axis.Scale == AxisScale.Category ? PlotStyle.Cut(names[(int)value], 16)
        : axis.Scale == AxisScale.Log ? PlotStyle.Number(Math.Pow(10, value))
        : PlotStyle.Number(value);

    private sealed record Span(double Low, double High)
    {
        public double Share(double value) => High > Low ? (value - Low) / (High - Low) : 0.5;
    }
}
