using AimmsOrchestrator.Reports.Charts;
using ScottPlot;

namespace AimmsOrchestrator.Reports.Plots;

/// <summary>Lines, scatters and histograms.</summary>
internal static class PointPlots
{
    private const int MostMarked = 60;

    /// <summary>The most characters of a series' name in a legend.</summary>
    public const int LongestName = 28;

    public static Plot Lines(LineChart chart) =>
        Lines(chart, series => chart.Series.Index().First(s => s.Item == series).Index, hasLegend: true);

    /// <param name="chart">The lines.</param>
    /// <param name="colourOf">The number of a series' colour.</param>
    /// <param name="hasLegend">Whether to draw a legend.</param>
    public static Plot Lines(LineChart chart, Func<ChartSeries, int> colourOf, bool hasLegend)
    {
        var plot = PlotStyle.Empty(chart.Title, chart.X, chart.Y);
        foreach (var series in chart.Series)
        {
            var (xs, ys) = Points(series, chart.X, chart.Y);
            var line = plot.Add.Scatter(xs, ys, PlotStyle.Series(colourOf(series)));
            // Categories have no order that a line would suggest.
            line.LineWidth = chart.X.Scale == AxisScale.Category ? 0 : 2;
            line.MarkerSize = xs.Length <= MostMarked ? 6 : 0;
            line.LegendText = PlotStyle.Cut(series.Name, LongestName);
        }

        var isCompared = Legends.BaseLine(plot, chart.BaseRun, chart.Y, isVertical: false);
        if (hasLegend)
        {
            return Finish(plot, chart.Series, isCompared);
        }

        plot.HideLegend();
        return plot;
    }

    public static Plot Scatter(ScatterChart chart)
    {
        var plot = PlotStyle.Empty(chart.Title, chart.X, chart.Y);
        foreach (var (i, series) in chart.Series.Index())
        {
            var (xs, ys) = Points(series, chart.X, chart.Y);
            var points = plot.Add.ScatterPoints(xs, ys, PlotStyle.Series(i).WithAlpha(0.6));
            points.MarkerSize = xs.Length > 800 ? 4 : 6;
            points.LegendText = PlotStyle.Cut(series.Name, LongestName);
        }

        return Finish(plot, chart.Series, Legends.BaseLine(plot, chart.BaseRun, chart.Y, isVertical: false));
    }

    public static Plot Histogram(Histogram chart)
    {
        var plot = PlotStyle.Empty(chart.Title, chart.X, new Charts.Axis("runs"));
        for (var i = 0; i < chart.Counts.Count; i++)
        {
            var bin = plot.Add.Rectangle(chart.Edges[i], chart.Edges[i + 1], 0, chart.Counts[i]);
            bin.FillColor = PlotStyle.Series(0);
            bin.LineColor = Colors.White;
            bin.LineWidth = 1;
        }

        foreach (var (i, mark) in chart.Marks.Index())
        {
            var line = plot.Add.VerticalLine(mark.Value);
            line.Color = PlotStyle.Series(i + 1);
            line.LineWidth = 2;
            line.LegendText = mark.Name;
        }

        plot.Axes.Margins(bottom: 0);
        if (Legends.BaseLine(plot, chart.BaseRun, chart.X, isVertical: true) || chart.Marks.Count > 0)
        {
            plot.ShowLegend(Edge.Right);
        }

        return plot;
    }

    private static (double[] Xs, double[] Ys) Points(ChartSeries series, Charts.Axis x, Charts.Axis y) =>
        ([.. series.Points.Select(p => PlotStyle.At(x, p.X))], [.. series.Points.Select(p => PlotStyle.At(y, p.Y))]);

    /// <summary>Adds a legend beside the data if there is more than one series, or the base run's line.</summary>
    private static Plot Finish(Plot plot, IReadOnlyList<ChartSeries> series, bool isCompared)
    {
        if (series.Count > 1 || isCompared)
        {
            plot.ShowLegend(Edge.Right);
        }

        return plot;
    }
}
