using AimmsOrchestrator.Reports.Charts;
using AimmsOrchestrator.Reports.Statistics;
using ScottPlot;

namespace AimmsOrchestrator.Reports.Plots;

/// <summary>Small plots side by side, with one range and one legend for all of them.</summary>
internal static class PanelPlots
{
    private const double TitleHeight = 0.09;
    private const double LegendHeight = 0.09;
    private const int MostPanels = 12;
    private const int MostInOneRow = 3;

    public static IReadOnlyList<(Plot Plot, PlotArea Area)> Of(Panels panels)
    {
        var shown = panels.Charts.Where(chart => chart is not (Panels or TimelineChart)).Take(MostPanels).ToList();
        var series = shown
            .OfType<LineChart>()
            .SelectMany(chart => chart.Series)
            .Select(s => s.Name)
            .Distinct()
            .ToList();
        var legendHeight = series.Count > 1 || panels.BaseRun is not null ? LegendHeight : 0;
        var columns =
            shown.Count <= MostInOneRow ? Math.Max(1, shown.Count) : (int)Math.Ceiling(Math.Sqrt(shown.Count));
        var rows = Math.Max(1, (shown.Count + columns - 1) / columns);
        var height = (1 - TitleHeight - legendHeight) / rows;
        var plots = new List<(Plot, PlotArea)> { (Words(panels.Title), new PlotArea(0, 0, 1, TitleHeight)) };
        foreach (var (i, chart) in shown.Index())
        {
            var area = new PlotArea(
                (double)(i % columns) / columns,
                TitleHeight + (i / columns * height),
                1.0 / columns,
                height
            );
            plots.Add((Panel(chart, shown, series), area));
        }

        if (legendHeight > 0)
        {
            plots.Add(
                (
                    Legend(series.Count > 1 ? series : [], panels.BaseRun),
                    new PlotArea(0, 1 - legendHeight, 1, legendHeight)
                )
            );
        }

        return plots;
    }

    /// <summary>One of the panels: a series has the same colour, and the Y axis the same range, in all of them.</summary>
    private static Plot Panel(Chart chart, List<Chart> all, List<string> series)
    {
        if (chart is not LineChart lines)
        {
            return Drawing.OfOne(chart);
        }

        var plot = PointPlots.Lines(lines, s => series.IndexOf(s.Name), hasLegend: false);
        var heights = all.OfType<LineChart>()
            .SelectMany(c => c.Series.SelectMany(s => s.Points).Select(p => PlotStyle.At(c.Y, p.Y)))
            .Concat(all.Select(c => c.BaseRun?.Value).OfType<double>())
            .ToList();
        if (heights.Count > 0 && heights.Max() > heights.Min())
        {
            var space = (heights.Max() - heights.Min()) * 0.06;
            plot.Axes.SetLimitsY(heights.Min() - space, heights.Max() + space);
        }

        return plot;
    }

    private static Plot Legend(List<string> series, BaseRun? start)
    {
        var plot = Words("");
        foreach (var (i, name) in series.Index())
        {
            plot.Legend.ManualItems.Add(
                new LegendItem
                {
                    LabelText = PlotStyle.Cut(name, PointPlots.LongestName),
                    LineColor = PlotStyle.Series(i),
                    LineWidth = 2,
                    MarkerShape = MarkerShape.FilledCircle,
                    MarkerColor = PlotStyle.Series(i),
                    MarkerSize = 6,
                }
            );
        }

        if (start is not null)
        {
            plot.Legend.ManualItems.Add(
                new LegendItem
                {
                    LabelText = "base run",
                    LineColor = PlotStyle.Ink,
                    LineWidth = 1.5f,
                    LinePattern = LinePattern.Dashed,
                }
            );
        }

        plot.Legend.OutlineColor = Colors.Transparent;
        plot.Legend.ShadowColor = Colors.Transparent;
        plot.ShowLegend(Alignment.MiddleCenter, Orientation.Horizontal);
        return plot;
    }

    /// <summary>A plot with only a title.</summary>
    private static Plot Words(string title)
    {
        var plot = PlotStyle.Empty(title);
        plot.HideGrid();
        plot.HideAxesAndGrid();
        plot.Axes.Title.IsVisible = title.Length > 0;
        return plot;
    }
}
