using System.Globalization;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Reports.Designs;
using AimmsOrchestrator.Reports.Frames;
using AimmsOrchestrator.Reports.Statistics;

namespace AimmsOrchestrator.Reports.Charts;

/// <summary>Pictures of one figure of the completed runs over the parameters.</summary>
/// <param name="frame">The batch.</param>
/// <param name="design">Its design.</param>
/// <param name="figure">The figure's name.</param>
/// <param name="values">A number a row; NaN where the run does not count.</param>
/// <param name="names">Names the charts.</param>
internal sealed class ResultCharts(RunFrame frame, SweepDesign design, string figure, double[] values, ChartNames names)
{
    private const int MostPoints = 2000;
    private const int MostSeries = 8;
    private const int MostPanels = 9;
    private const int MostCells = 40;

    /// <summary>A result's numbers where the run completed.</summary>
    public static double[] Completed(RunFrame frame, FrameColumn result)
    {
        var values = result.Numbers.ToArray();
        for (var row = 0; row < values.Length; row++)
        {
            values[row] = frame.Phases[row] == RunPhase.Completed ? values[row] : double.NaN;
        }

        return values;
    }

    /// <summary>A line over a parameter, or one for each value of another; bars where the parameter has texts.</summary>
    public Chart Response(FrameColumn x, FrameColumn? other = null)
    {
        if (other is null && !x.Levels.AreNumbers)
        {
            return Bars(x);
        }

        var lines = Lines(x, other, values);
        return new LineChart
        {
            Id = names.Of(figure, "by", x.Name),
            Title = $"{figure} by {x.Name}" + (other is null ? "" : $" and {other.Name}"),
            Note = Averaged(lines.Any(s => s.Points.Any(p => p.Run is null)), Thinned(x)),
            X = Axes.Of(x),
            Y = new Axis(figure),
            Series = lines,
        };
    }

    /// <summary>Colours over two parameters.</summary>
    public HeatMap Heat(FrameColumn x, FrameColumn y, bool isFailureShare = false)
    {
        var (columns, rows) = (Classes.Of(x.Levels, MostCells), Classes.Of(y.Levels, MostCells));
        var isRanges = !columns.AreLevels || !rows.AreLevels;
        var (cells, isAveraged) = Cells(columns, rows);
        var note = isRanges ? "Neighbouring values share a cell." : null;
        return new HeatMap
        {
            Id = names.Of(figure, "over", x.Name, y.Name),
            Title = $"{figure} over {x.Name} and {y.Name}",
            Note = isFailureShare ? note : Averaged(isAveraged, note),
            X = Axes.Of(x, columns),
            Y = Axes.Of(y, rows),
            Value = figure,
            Cells = cells,
            IsFailureShare = isFailureShare,
        };
    }

    /// <summary>Lines over the first parameter, series of the second, a panel for each value of the third.</summary>
    public Panels Small(FrameColumn x, FrameColumn series, FrameColumn panel)
    {
        var charts = Enumerable.Range(0, panel.Levels.Count).Select(Panel).ToList();
        var isAveraged = charts.Exists(c => c.Series.Any(s => s.Points.Any(p => p.Run is null)));
        return new Panels
        {
            Id = names.Of(figure, "by", x.Name, series.Name, panel.Name),
            Title = $"{figure} by {x.Name}, {series.Name} and {panel.Name}",
            Note = Averaged(isAveraged, Thinned(x)),
            Charts = charts,
        };

        LineChart Panel(int level)
        {
            var here = values.ToArray();
            for (var row = 0; row < here.Length; row++)
            {
                here[row] = panel.Levels.OfRow[row] == level ? here[row] : double.NaN;
            }

            return new LineChart
            {
                Id = names.Of(figure, panel.Name, panel.Levels.Label(level)),
                Title = $"{panel.Name}={panel.Levels.Label(level)}",
                X = Axes.Of(x),
                Y = new Axis(figure),
                Series = Lines(x, series, here),
            };
        }
    }

    /// <summary>How far each parameter moves the figure from the base run; null where the base run has none.</summary>
    public TornadoChart? Tornado()
    {
        if (double.IsNaN(values[0]))
        {
            return null;
        }

        var bars = design.Parameters.Select(Bar).OfType<TornadoBar>();
        return new TornadoChart
        {
            Id = names.Of(figure, "tornado"),
            Title = $"How far each parameter alone moves {figure}",
            Value = figure,
            Base = values[0],
            Bars = [.. bars.OrderByDescending(b => b.High / 2 - b.Low / 2)],
        };

        TornadoBar? Bar(FrameColumn column)
        {
            var levels = column.Levels;
            var (low, high) = (0, 0);
            for (var row = 1; row < values.Length; row++)
            {
                if (levels.OfRow[row] != levels.OfRow[0] && !double.IsNaN(values[row]))
                {
                    low = values[row] < values[low] ? row : low;
                    high = values[row] > values[high] ? row : high;
                }
            }

            return new TornadoBar(column.Name, values[low], values[high], At(low), At(high));

            string At(int row) => levels.OfRow[row] is var level and >= 0 ? levels.Label(level) : "";
        }
    }

    /// <summary>The figure's mean a class of the parameter.</summary>
    public BarChart Bars(FrameColumn x)
    {
        var classes = Classes.Of(x.Levels, MostCells);
        var means = MainEffect.Of(classes, values);
        return new BarChart
        {
            Id = names.Of(figure, "by", x.Name),
            Title = $"{figure} by {x.Name}",
            Note = Averaged(means.Exists(m => m.Count > 1)),
            Value = figure,
            Bars = [.. means.Select(m => new Bar(classes.Label(m.Class), m.Mean))],
        };
    }

    /// <summary>Adds to a note that places are averaged, and over which repeats.</summary>
    public string? Averaged(bool isAveraged, string? note = null)
    {
        var over = design.Repeats.Count > 0 ? $" over {string.Join(" and ", design.Repeats.Select(r => r.Name))}" : "";
        var said = isAveraged
            ? $"Where several runs are at one place, their mean is shown{(over.Length > 0 ? "," : "")}{over}."
            : null;
        return string.Join(' ', new[] { said, note }.OfType<string>()) is { Length: > 0 } text ? text : null;
    }

    private static string? Thinned(FrameColumn x) =>
        x.Levels.Count > MostPoints
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"Each point is the mean over neighbouring values of {x.Name}."
            )
            : null;

    private List<ChartSeries> Lines(FrameColumn x, FrameColumn? other, double[] figures)
    {
        var classes = Classes.Of(x.Levels, MostPoints);
        if (other is null)
        {
            return [new ChartSeries("", Points(classes, x, figures))];
        }

        return
        [
            .. Enumerable
                .Range(0, Math.Min(other.Levels.Count, MostPanels))
                .Select(Series)
                .Where(s => s.Points.Count > 0),
        ];

        ChartSeries Series(int level)
        {
            var here = figures.ToArray();
            for (var row = 0; row < here.Length; row++)
            {
                here[row] = other.Levels.OfRow[row] == level ? here[row] : double.NaN;
            }

            return new ChartSeries($"{other.Name}={other.Levels.Label(level)}", Points(classes, x, here));
        }
    }

    private List<ChartPoint> Points(Classes classes, FrameColumn x, double[] figures) =>
        [
            .. MainEffect
                .Of(classes, figures)
                .Select(m => new ChartPoint(
                    x.Levels.AreNumbers ? classes.Middle(m.Class) : m.Class,
                    m.Mean,
                    m.Count == 1 ? frame.Indexes[m.Row] : null
                )),
        ];

    private (double?[][] Cells, bool IsAveraged) Cells(Classes columns, Classes rows)
    {
        var cells = Enumerable.Range(0, rows.Count).Select(_ => new double?[columns.Count]).ToArray();
        var counts = new long[rows.Count, columns.Count];
        var isAveraged = false;
        for (var row = 0; row < values.Length; row++)
        {
            if (
                double.IsNaN(values[row])
                || columns.OfRow(row) is not (var c and >= 0)
                || rows.OfRow(row) is not (var r and >= 0)
            )
            {
                continue;
            }

            var count = ++counts[r, c];
            var mean = cells[r][c] ?? 0;
            var step = (values[row] / 2 - mean / 2) / count;
            cells[r][c] = mean + step + step;
            isAveraged |= count > 1;
        }

        return (cells, isAveraged);
    }

    /// <summary>Whether a parameter has few enough values for a line each.</summary>
    public static bool IsFew(FrameColumn column) => column.Levels.Count <= MostSeries;
}
