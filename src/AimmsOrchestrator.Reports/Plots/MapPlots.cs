using System.Globalization;
using AimmsOrchestrator.Reports.Charts;
using ScottPlot;
using ScottPlot.Colormaps;

namespace AimmsOrchestrator.Reports.Plots;

/// <summary>Maps over two parameters: of numbers by a scale of colours, of words by one colour each.</summary>
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

        Mark(plot, chart.Missing, chart.X);
        Frame(plot, chart.BaseCell);
        ShowMarks(plot, chart);
        plot.HideGrid();
        plot.Axes.SetLimits(-0.5, columns - 0.5, -0.5, rows - 0.5);
        return plot;
    }

    public static Plot WordMap(WordMap chart)
    {
        var plot = PlotStyle.Empty(chart.Title, chart.X, chart.Y);
        foreach (var (y, row) in chart.Cells.Index())
        {
            foreach (var (x, word) in row.Index())
            {
                if (word is { } index)
                {
                    var area = plot.Add.Rectangle(x - 0.5, x + 0.5, y - 0.5, y + 0.5);
                    area.FillColor = PlotStyle.Series(index);
                    area.LineColor = Colors.White;
                    area.LineWidth = 1;
                }
            }
        }

        Mark(plot, chart.Missing, chart.X);
        Legends.Show(
            plot,
            Edge.Right,
            [
                .. chart.Words.Index().Select(word => (word.Item, PlotStyle.Series(word.Index))),
                .. Hatched(chart.Missing),
            ]
        );
        plot.HideGrid();
        var columns = chart.X.Categories?.Count ?? 0;
        plot.Axes.SetLimits(-0.5, Math.Max(1, columns) - 0.5, -0.5, Math.Max(1, chart.Cells.Count) - 0.5);
        return plot;
    }

    private static void Frame(Plot plot, MapCell? cell)
    {
        if (cell is { } at)
        {
            var frame = plot.Add.Rectangle(at.X - 0.47, at.X + 0.47, at.Y - 0.47, at.Y + 0.47);
            frame.FillColor = Colors.Transparent;
            frame.LineColor = PlotStyle.Ink;
            frame.LineWidth = 3;
        }
    }

    /// <summary>What hatched and framed cells are; nothing where there are none.</summary>
    private static void ShowMarks(Plot plot, HeatMap chart)
    {
        List<(string, Color)> marks =
        [
            .. Hatched(chart.Missing),
            .. chart.BaseCell is null ? [] : new[] { ("framed: base run", PlotStyle.Ink) },
        ];
        if (marks.Count > 0)
        {
            Legends.Show(plot, Edge.Bottom, marks);
        }
    }

    private static IEnumerable<(string Name, Color Color)> Hatched(IReadOnlyList<MissingCell> missing) =>
        missing.Count == 0
            ? []
            : [($"hatched: {string.Join(", ", missing.Select(cell => cell.Why).Distinct().Take(4))}", Hatching)];

    private static Color Hatching { get; } = Color.FromHex("#dde3e9");

    /// <summary>Hatches the cells whose runs have no value, and names why where there is room.</summary>
    private static void Mark(Plot plot, IReadOnlyList<MissingCell> missing, Charts.Axis x)
    {
        foreach (var cell in missing)
        {
            var area = plot.Add.Rectangle(cell.X - 0.5, cell.X + 0.5, cell.Y - 0.5, cell.Y + 0.5);
            area.FillStyle.Color = Colors.White;
            area.FillStyle.HatchColor = Hatching;
            area.FillStyle.Hatch = new ScottPlot.Hatches.Striped(ScottPlot.Hatches.StripeDirection.DiagonalUp);
            area.LineWidth = 0;
            if (x.Categories?.Count <= 10)
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

                var text = chart.IsFailureShare ? Share(value) : PlotStyle.Number(value);
                var label = PlotStyle.Label(plot, text, x, y, Alignment.MiddleCenter);
                label.LabelFontColor = IsDark(map.Colormap.GetColor(value, map.ManualRange!.Value))
                    ? Colors.White
                    : Colors.Black;
            }
        }
    }

    /// <summary>In per cent, as the page has it: none and all are said only where that is so.</summary>
    private static string Share(double share) =>
        share switch
        {
            > 0 and < 0.0005 => "under 0.1 %",
            >= 0.9995 and < 1 => "over 99.9 %",
            _ => string.Create(
                CultureInfo.InvariantCulture,
                $"{Math.Round(share * 100, 1, MidpointRounding.AwayFromZero):0.#} %"
            ),
        };

    /// <summary>By perceived brightness, with the weights of ITU-R BT.601.</summary>
    private static bool IsDark(Color color) => (0.299 * color.R) + (0.587 * color.G) + (0.114 * color.B) < 140;
}
