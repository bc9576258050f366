using System.Runtime.InteropServices;
using AimmsOrchestrator.Reports.Charts;
using ScottPlot;

namespace AimmsOrchestrator.Reports.Plots;

/// <summary>Where on the picture a plot stands, in shares of its width and height from the upper left.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Place(double X, double Y, double Width, double Height)
{
    public static Place All { get; } = new(0, 0, 1, 1);
}

/// <summary>The plots that make up a chart's picture, each at its place.</summary>
internal static class Drawing
{
    private const double TitleHeight = 0.09;
    private const int MostPanels = 12;

    public static IReadOnlyList<(Plot Plot, Place Place)> Of(Chart chart) =>
        chart switch
        {
            Panels panels => OfPanels(panels),
            TimelineChart timeline => TimelinePlots.Of(timeline),
            _ => [(OfOne(chart), Place.All)],
        };

    private static Plot OfOne(Chart chart) =>
        chart switch
        {
            LineChart c => PointPlots.Lines(c),
            ScatterChart c => PointPlots.Scatter(c),
            Histogram c => PointPlots.Histogram(c),
            HeatMap c => MapPlots.HeatMap(c),
            BarChart c => BarPlots.Bars(c),
            TornadoChart c => BarPlots.Tornado(c),
            ParallelCoordinates c => ParallelPlots.Of(c),
            _ => throw new ArgumentException($"no plot of {chart.GetType().Name}", nameof(chart)),
        };

    private static List<(Plot, Place)> OfPanels(Panels panels)
    {
        var shown = panels.Charts.Where(chart => chart is not (Panels or TimelineChart)).Take(MostPanels).ToList();
        var columns = Math.Max(1, (int)Math.Ceiling(Math.Sqrt(shown.Count)));
        var rows = Math.Max(1, (shown.Count + columns - 1) / columns);
        var title = PlotStyle.Empty(panels.Title);
        title.HideGrid();
        title.Axes.Left.IsVisible = false;
        title.Axes.Bottom.IsVisible = false;
        title.Axes.Right.IsVisible = false;
        var plots = new List<(Plot, Place)> { (title, new Place(0, 0, 1, TitleHeight)) };
        var height = (1 - TitleHeight) / rows;
        foreach (var (i, chart) in shown.Index())
        {
            var place = new Place(
                (double)(i % columns) / columns,
                TitleHeight + (i / columns * height),
                1.0 / columns,
                height
            );
            plots.Add((OfOne(chart), place));
        }

        return plots;
    }
}
