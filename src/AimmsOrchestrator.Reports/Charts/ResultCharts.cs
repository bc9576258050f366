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
    private const int MostPointsOfChart = 6000;
    private const int MostSeries = 8;
    private const int MostPanels = 9;
    private const int MostCells = 40;
    private const int RunsOfCell = 5;

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

        var classes = ClassesOf(x, other, panels: 1);
        var lines = Lines(classes, x, other, values);
        return new LineChart
        {
            Id = names.Of(figure, "by", x.Name),
            Title = $"{figure} by {x.Name}" + (other is null ? "" : $" and {other.Name}"),
            Note = Averaged(lines.Any(s => s.Points.Any(p => p.Run is null)), Thinned(classes, x)),
            X = AxisOf(classes, x),
            Y = new Axis(figure),
            Series = lines,
        };
    }

    /// <summary>Colours over two parameters.</summary>
    public HeatMap Heat(FrameColumn x, FrameColumn y, bool isFailureShare = false)
    {
        var most = MostCellsFor(x, y);
        var (columns, rows) = (Classes.Of(x.Levels, most), Classes.Of(y.Levels, most));
        var (cells, isAveraged) = Cells(columns, rows);
        var note =
            columns.AreRanges || rows.AreRanges ? "Neighbouring values share a cell."
            : columns.AreLevels && rows.AreLevels ? null
            : "Texts beyond the first so many share a cell.";
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

    /// <summary>Of values drawn at random each is its own: so few cells that most of them hold several runs.</summary>
    private int MostCellsFor(FrameColumn x, FrameColumn y) =>
        (long)x.Levels.Count * y.Levels.Count > 4L * frame.Count
            ? Math.Clamp((int)Math.Sqrt(frame.Count / (double)RunsOfCell), 4, MostCells)
            : MostCells;

    /// <summary>Lines over the first parameter, series of the second, a panel for each value of the third.</summary>
    public Panels Small(FrameColumn x, FrameColumn series, FrameColumn panel)
    {
        var classes = ClassesOf(x, series, panel.Levels.Count);
        var here = new double[values.Length];
        var charts = Enumerable.Range(0, panel.Levels.Count).Select(Panel).ToList();
        var isAveraged = charts.Exists(c => c.Series.Any(s => s.Points.Any(p => p.Run is null)));
        return new Panels
        {
            Id = names.Of(figure, "by", x.Name, series.Name, panel.Name),
            Title = $"{figure} by {x.Name}, {series.Name} and {panel.Name}",
            Note = Averaged(isAveraged, Thinned(classes, x)),
            Charts = charts,
        };

        LineChart Panel(int level)
        {
            for (var row = 0; row < here.Length; row++)
            {
                here[row] = panel.Levels.OfRow[row] == level ? values[row] : double.NaN;
            }

            return new LineChart
            {
                Id = names.Of(figure, panel.Name, panel.Levels.Label(level)),
                Title = $"{panel.Name}={panel.Levels.Label(level)}",
                X = AxisOf(classes, x),
                Y = new Axis(figure),
                Series = Lines(classes, x, series, here),
            };
        }
    }

    /// <summary>How far each parameter moves the figure from the base; null where there is no base run, or it has no figure.</summary>
    public TornadoChart? Tornado()
    {
        if (design.Base is not { } start)
        {
            return null;
        }

        var moved = new int?[values.Length];
        for (var row = 0; row < moved.Length; row++)
        {
            moved[row] = double.IsNaN(values[row]) ? null : start.Moved(row);
        }

        var atBase = Means(design.Parameters[0], -1);
        if (atBase.Count == 0)
        {
            return null;
        }

        var bars = design.Parameters.Select(Bar);
        return new TornadoChart
        {
            Id = names.Of(figure, "tornado"),
            Title = $"How far each parameter alone moves {figure}",
            Note = Averaged(atBase[0].Count > 1),
            Value = figure,
            Base = atBase[0].Mean,
            Bars = [.. bars.OrderByDescending(b => b.High / 2 - b.Low / 2)],
        };

        TornadoBar Bar(FrameColumn column, int parameter)
        {
            List<(double Mean, string At)> ends =
            [
                (atBase[0].Mean, start.Label(parameter)),
                .. Means(column, parameter).Select(m => (m.Mean, column.Levels.Label(m.Class))),
            ];
            var (low, high) = (ends.MinBy(e => e.Mean), ends.MaxBy(e => e.Mean));
            return new TornadoBar(column.Name, low.Mean, high.Mean, low.At, high.At);
        }

        List<ClassMean> Means(FrameColumn column, int parameter)
        {
            var here = new double[values.Length];
            for (var row = 0; row < here.Length; row++)
            {
                here[row] = moved[row] == parameter ? values[row] : double.NaN;
            }

            return MainEffect.Of(Classes.Of(column.Levels, int.MaxValue), here);
        }
    }

    /// <summary>The figure's mean a value of the parameter, or a range of neighbouring numbers; of many texts the most telling.</summary>
    public BarChart Bars(FrameColumn x)
    {
        var classes = Classes.Of(x.Levels, x.Levels.AreNumbers ? MostCells : int.MaxValue);
        var means = MainEffect.Of(classes, values);
        var isAveraged = means.Exists(m => m.Count > 1);
        string? note = null;
        if (means.Count > MostCells)
        {
            note = string.Create(
                CultureInfo.InvariantCulture,
                $"Drawn are the {MostCells} values of {x.Name} that lie furthest from the mean, and {means.Count - MostCells} more are not."
            );
            var middle = means.Sum(m => m.Mean / means.Count);
            means =
            [
                .. means
                    .OrderByDescending(m => Math.Abs(m.Mean / 2 - middle / 2))
                    .Take(MostCells)
                    .OrderByDescending(m => m.Mean),
            ];
        }

        return new BarChart
        {
            Id = names.Of(figure, "by", x.Name),
            Title = $"{figure} by {x.Name}",
            Note = Averaged(isAveraged, note),
            Value = figure,
            Bars = [.. means.Select(m => new Bar(classes.Label(m.Class), m.Mean))],
        };
    }

    /// <summary>Adds to a note that places are averaged, and over which repeats.</summary>
    public string? Averaged(bool isAveraged, string? note = null)
    {
        var over =
            design.Replicates.Count > 0 ? $" over {string.Join(" and ", design.Replicates.Select(r => r.Name))}" : "";
        var said = isAveraged
            ? $"Where several runs are at one place, their mean is shown{(over.Length > 0 ? "," : "")}{over}."
            : null;
        return string.Join(' ', new[] { said, note }.OfType<string>()) is { Length: > 0 } text ? text : null;
    }

    private static string? Thinned(Classes classes, FrameColumn x) =>
        classes.AreRanges
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"Each point is the mean over neighbouring values of {x.Name}."
            )
            : null;

    /// <summary>So many that the points of all lines together are no more than a page and an eye can take.</summary>
    private static Classes ClassesOf(FrameColumn x, FrameColumn? other, int panels)
    {
        var lines = panels * (other is null ? 1 : Math.Min(other.Levels.Count, MostPanels));
        var most = Math.Min(MostPoints, MostPointsOfChart / lines);
        return Classes.Of(x.Levels, x.Levels.AreNumbers ? most : Axes.MostCategories);
    }

    private static Axis AxisOf(Classes classes, FrameColumn x) =>
        x.Levels.AreNumbers ? Axes.Of(x) : Axes.Of(x, classes);

    private List<ChartSeries> Lines(Classes classes, FrameColumn x, FrameColumn? other, double[] figures)
    {
        if (other is null)
        {
            return [new ChartSeries("", Points(classes, x, figures))];
        }

        var here = new double[figures.Length];
        return
        [
            .. Enumerable
                .Range(0, Math.Min(other.Levels.Count, MostPanels))
                .Select(Series)
                .Where(s => s.Points.Count > 0),
        ];

        ChartSeries Series(int level)
        {
            for (var row = 0; row < here.Length; row++)
            {
                here[row] = other.Levels.OfRow[row] == level ? figures[row] : double.NaN;
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
