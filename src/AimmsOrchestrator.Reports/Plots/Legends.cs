using AimmsOrchestrator.Reports.Charts;
using AimmsOrchestrator.Reports.Statistics;
using ScottPlot;

namespace AimmsOrchestrator.Reports.Plots;

/// <summary>Legends and colour scales: wherever a figure has colours, it says what they mean.</summary>
internal static class Legends
{
    /// <summary>Names colours that no series of the drawing library stands for.</summary>
    public static void Show(Plot plot, Edge edge, params IEnumerable<(string Name, Color Color)> entries)
    {
        foreach (var (name, color) in entries)
        {
            plot.Legend.ManualItems.Add(
                new LegendItem { LabelText = PlotStyle.Cut(name, PointPlots.LongestName), FillColor = color }
            );
        }

        plot.Legend.OutlineColor = Colors.Transparent;
        plot.Legend.ShadowColor = Colors.Transparent;
        plot.ShowLegend(edge);
    }

    /// <summary>A scale beside the plot, with the ticks of the axis that its colours stand for.</summary>
    public static void Scale(Plot plot, IColormap colours, double low, double high, Charts.Axis axis)
    {
        var bar = plot.Add.ColorBar(new ColourScale(colours, low, high > low ? high : low + 1));
        PlotStyle.Describe(bar.Axis, axis with { Name = PlotStyle.Cut(axis.Name, 40) });
    }

    /// <summary>The dashed line at the base run's value, which the legend names; false where there is none.</summary>
    public static bool BaseLine(Plot plot, BaseRun? start, Charts.Axis axis, bool isVertical)
    {
        if (start is null || (axis.Scale == AxisScale.Log && start.Value <= 0))
        {
            return false;
        }

        var at = PlotStyle.At(axis, start.Value);
        ScottPlot.Plottables.AxisLine line = isVertical ? plot.Add.VerticalLine(at) : plot.Add.HorizontalLine(at);
        line.Color = PlotStyle.Ink;
        line.LineWidth = 1.5f;
        line.LinePattern = LinePattern.Dashed;
        line.LegendText = "base run";
        return true;
    }

    private sealed class ColourScale(IColormap colours, double low, double high) : IHasColorAxis
    {
        public IColormap Colormap { get; set; } = colours;

        public ScottPlot.Range GetRange() => new(low, high);
    }
}
