using AimmsOrchestrator.Reports.Charts;
using ScottPlot;

namespace AimmsOrchestrator.Reports.Plots;

/// <summary>Stacked bars of counts.</summary>
internal static class CountPlots
{
    private const double HalfWidth = 0.34;

    public static Plot Of(CountChart chart)
    {
        var plot = PlotStyle.Empty(chart.Title, chart.X, new Charts.Axis("runs", IsWhole: true));
        var categories = chart.X.Categories?.Count ?? 0;
        var top = new double[categories];
        foreach (var (i, series) in chart.Series.Index())
        {
            for (var x = 0; x < categories; x++)
            {
                if (series.Counts[x] > 0)
                {
                    var bar = plot.Add.Rectangle(x - HalfWidth, x + HalfWidth, top[x], top[x] + series.Counts[x]);
                    bar.FillColor = PlotStyle.Series(i);
                    bar.LineWidth = 0;
                    top[x] += series.Counts[x];
                }
            }
        }

        Legends.Show(
            plot,
            Edge.Right,
            chart.Series.Index().Select(series => (series.Item.Name, PlotStyle.Series(series.Index)))
        );
        plot.Axes.SetLimits(-0.6, categories - 0.4, 0, top.DefaultIfEmpty(1).Max() * 1.1);
        return plot;
    }
}
