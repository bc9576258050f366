using System.Runtime.InteropServices;
using AimmsOrchestrator.Reports.Charts;
using ScottPlot;

namespace AimmsOrchestrator.Reports.Plots;

/// <summary>A plot's area of the figure, in shares of its width and height from the upper left.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PlotArea(double X, double Y, double Width, double Height)
{
    public static PlotArea All { get; } = new(0, 0, 1, 1);
}

/// <summary>The plots that make up a chart's figure, each with its area.</summary>
internal static class Drawing
{
    public static IReadOnlyList<(Plot Plot, PlotArea Area)> Of(Chart chart) =>
        chart switch
        {
            Panels panels => PanelPlots.Of(panels),
            TimelineChart timeline => TimelinePlots.Of(timeline),
            _ => [(OfOne(chart), PlotArea.All)],
        };

    /// <summary>A chart that is one plot.</summary>
    public static Plot OfOne(Chart chart) =>
        chart switch
        {
            LineChart c => PointPlots.Lines(c),
            ScatterChart c => PointPlots.Scatter(c),
            Histogram c => PointPlots.Histogram(c),
            HeatMap c => MapPlots.HeatMap(c),
            WordMap c => MapPlots.WordMap(c),
            BarChart c => BarPlots.Bars(c),
            CountChart c => CountPlots.Of(c),
            TornadoChart c => BarPlots.Tornado(c),
            ParallelCoordinates c => ParallelPlots.Of(c),
            _ => throw new ArgumentException($"no plot of {chart.GetType().Name}", nameof(chart)),
        };
}
