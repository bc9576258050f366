using AimmsOrchestrator.Reports.Charts;
using ScottPlot;

namespace AimmsOrchestrator.Reports.Plots;

/// <summary>Horizontal bars and tornados, so that names are easy to read.</summary>
internal static class BarPlots
{
    private const double HalfHeight = 0.34;

    public static Plot Bars(BarChart chart)
    {
        var (plot, bars) = Lying(
            chart.Title,
            chart.IsShare ? $"{chart.Value}, %" : chart.Value,
            chart.IsShare ? PerCent(chart.Bars) : chart.Bars,
            bar => bar.Name
        );
        foreach (var (y, bar) in bars.Index())
        {
            PlotStyle.Bar(plot, Math.Min(0, bar.Value), Math.Max(0, bar.Value), y, HalfHeight, PlotStyle.Series(0));
            if (bar.Error is > 0 and var error)
            {
                var from = chart.IsShare ? Math.Max(0, bar.Value - error) : bar.Value - error;
                Whisker(plot, from, chart.IsShare ? Math.Min(100, bar.Value + error) : bar.Value + error, y);
            }
        }

        plot.Add.VerticalLine(0, width: 1, color: PlotStyle.Ink);
        if (Legends.BaseLine(plot, chart.BaseRun, new Charts.Axis(chart.Value), isVertical: true))
        {
            plot.ShowLegend(Edge.Right);
        }

        return plot;
    }

    /// <summary>An estimate of a share may lie below 0 by chance; no share does.</summary>
    private static List<Charts.Bar> PerCent(IReadOnlyList<Charts.Bar> bars) =>
        [.. bars.Select(bar => bar with { Value = 100 * Math.Max(0, bar.Value), Error = 100 * bar.Error })];

    public static Plot Tornado(TornadoChart chart)
    {
        var (plot, bars) = Lying(chart.Title, chart.Value, chart.Bars, bar => bar.Parameter);
        PlotStyle.Describe(plot.Axes.Bottom, new Charts.Axis(chart.Value, IsWhole: chart.IsWhole));
        foreach (var (y, bar) in bars.Index())
        {
            PlotStyle.Bar(plot, bar.Low, Math.Min(chart.Base, bar.High), y, HalfHeight, PlotStyle.Series(0));
            PlotStyle.Bar(plot, Math.Max(chart.Base, bar.Low), bar.High, y, HalfHeight, PlotStyle.Series(1));
            Label(plot, PlotStyle.Cut(bar.LowAt, 12), bar.Low, y, Alignment.MiddleRight);
            Label(plot, PlotStyle.Cut(bar.HighAt, 12), bar.High, y, Alignment.MiddleLeft);
        }

        plot.Add.VerticalLine(chart.Base, width: 1.5f, color: PlotStyle.Ink);
        double[] lines = chart.BaseRun is { } start ? [chart.Base, start.Value] : [chart.Base];
        Widen(plot, bars.Select(b => b.Low).Concat(lines).Min(), bars.Select(b => b.High).Concat(lines).Max());
        if (lines[^1] != chart.Base)
        {
            Legends.BaseLine(plot, chart.BaseRun, new Charts.Axis(chart.Value), isVertical: true);
        }

        Legends.Show(
            plot,
            Edge.Bottom,
            ($"below {PlotStyle.Number(chart.Base)}", PlotStyle.Series(0)),
            ($"above {PlotStyle.Number(chart.Base)}", PlotStyle.Series(1))
        );
        return plot;
    }

    /// <summary>Makes room for the labels beside the bars.</summary>
    private static void Widen(Plot plot, double low, double high)
    {
        var room = high > low ? (high - low) * 0.15 : 1;
        plot.Axes.SetLimitsX(low - room, high + room);
    }

    /// <summary>The first bar on top.</summary>
    private static (Plot, List<T>) Lying<T>(string title, string value, IReadOnlyList<T> bars, Func<T, string> name)
    {
        var reversed = bars.Reverse().ToList();
        var names = new Charts.Axis("", AxisScale.Category, reversed.ConvertAll(b => name(b)));
        return (PlotStyle.Empty(title, new Charts.Axis(value), names), reversed);
    }

    private static void Whisker(Plot plot, double from, double to, double y)
    {
        Line(from, y, to, y);
        Line(from, y - 0.1, from, y + 0.1);
        Line(to, y - 0.1, to, y + 0.1);

        void Line(double x1, double y1, double x2, double y2)
        {
            var line = plot.Add.Line(x1, y1, x2, y2);
            line.LineColor = PlotStyle.Ink;
            line.LineWidth = 1.5f;
            line.MarkerSize = 0;
        }
    }

    private static void Label(Plot plot, string text, double x, double y, Alignment alignment)
    {
        var label = PlotStyle.Label(plot, text, x, y, alignment);
        label.LabelFontColor = PlotStyle.Ink;
        label.OffsetX = alignment == Alignment.MiddleLeft ? 4 : -4;
    }
}
