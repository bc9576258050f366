using AimmsOrchestrator.Reports.Charts;
using ScottPlot;
using ScottPlot.Colormaps;

namespace AimmsOrchestrator.Reports.Plots;

/// <summary>Heat maps over two parameters.</summary>
internal static class MapPlots
{
    private const int MostLabels = 120;

    public static Plot HeatMap(HeatMap chart)
    {
        var plot = PlotStyle.Empty(chart.Title, chart.X, chart.Y);
        var (rows, columns) = (chart.Cells.Count, chart.Cells.Count > 0 ? chart.Cells[0].Count : 0);
        var values = chart.Cells.SelectMany(row => row).OfType<double>().ToList();
        if (values.Count == 0)
        {
            return plot;
        }

        // The library's first row is the upper one.
        var cells = new double[rows, columns];
        for (var y = 0; y < rows; y++)
        {
            for (var x = 0; x < columns; x++)
            {
                cells[rows - 1 - y, x] = chart.Cells[y][x] ?? double.NaN;
            }
        }

        var map = plot.Add.Heatmap(cells);
        map.Colormap = chart.IsFailureShare ? new CustomInterpolated(Failing) : new Viridis();
        map.ManualRange = chart.IsFailureShare
            ? new ScottPlot.Range(0, 1)
            : new ScottPlot.Range(values.Min(), values.Max() > values.Min() ? values.Max() : values.Min() + 1);
        map.NaNCellColor = Colors.White;
        var bar = plot.Add.ColorBar(map);
        bar.Label = PlotStyle.Cut(chart.IsFailureShare ? "share that failed" : chart.Value, 40);
        if (values.Count <= MostLabels)
        {
            Label(plot, chart, map);
        }

        Mark(plot, chart);
        plot.HideGrid();
        plot.Axes.SetLimits(-0.5, columns - 0.5, -0.5, rows - 0.5);
        return plot;
    }

    /// <summary>Hatches the cells whose runs have no value, and names why where there is room.</summary>
    private static void Mark(Plot plot, HeatMap chart)
    {
        foreach (var cell in chart.Missing)
        {
            var area = plot.Add.Rectangle(cell.X - 0.5, cell.X + 0.5, cell.Y - 0.5, cell.Y + 0.5);
            area.FillStyle.Color = Colors.White;
            area.FillStyle.HatchColor = Color.FromHex("#dde3e9");
            area.FillStyle.Hatch = new ScottPlot.Hatches.Striped(ScottPlot.Hatches.StripeDirection.DiagonalUp);
            area.LineWidth = 0;
            if (chart.X.Categories?.Count <= 10)
            {
                PlotStyle.Label(plot, PlotStyle.Cut(cell.Why, 12), cell.X, cell.Y, Alignment.MiddleCenter);
            }
        }
    }

    private static Color[] Failing { get; } =
    [Color.FromHex("#c6dbef"), Color.FromHex("#fdd0a2"), Color.FromHex("#f16913"), Color.FromHex("#7f2704")];

    private static void Label(Plot plot, HeatMap chart, ScottPlot.Plottables.Heatmap map)
    {
        for (var y = 0; y < chart.Cells.Count; y++)
        {
            for (var x = 0; x < chart.Cells[y].Count; x++)
            {
                if (chart.Cells[y][x] is not { } value)
                {
                    continue;
                }

                var text = chart.IsFailureShare
                    ? $"{Math.Round(value * 100, 1, MidpointRounding.AwayFromZero):0.#} %"
                    : PlotStyle.Number(value);
                var label = PlotStyle.Label(plot, text, x, y, Alignment.MiddleCenter);
                label.LabelFontColor = IsDark(map.Colormap.GetColor(value, map.ManualRange!.Value))
                    ? Colors.White
                    : Colors.Black;
            }
        }
    }

    /// <summary>By perceived brightness, with the weights of ITU-R BT.601.</summary>
    private static bool IsDark(Color color) => (0.299 * color.R) + (0.587 * color.G) + (0.114 * color.B) < 140;
}
