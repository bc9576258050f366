using System.Globalization;
using AimmsOrchestrator.Reports.Frames;
using AimmsOrchestrator.Reports.Statistics;

namespace AimmsOrchestrator.Reports.Charts;

/// <summary>Line charts and bars of one result over the parameters of a designed sweep.</summary>
internal sealed class ResultCharts(ChartSubject subject)
{
    private const int MostPoints = 2000;
    private const int MostPointsOfChart = 6000;
    private const int MostSeries = 8;
    private const int MostPanels = 9;
    private const int MostCells = 40;

    /// <summary>A line over a parameter, or one per value of another; bars if the parameter has texts.</summary>
    public Chart Response(FrameColumn x, FrameColumn? other = null)
    {
        if (other is null && !x.Levels.AreNumbers)
        {
            return Bars(x);
        }

        var classes = ClassesOf(x, other, panels: 1);
        var lines = Lines(classes, x, other, subject.Values);
        return new LineChart
        {
            Id = subject.Names.Of(subject.Name, "by", x.Name),
            Title = $"{subject.Name} by {x.Name}" + (other is null ? "" : $" and {other.Name}"),
            Note = subject.Averaged(lines.Any(s => s.Points.Any(p => p.Run is null)), Thinned(classes, x)),
            X = AxisOf(classes, x),
            Y = subject.Axis,
            Series = lines,
        };
    }

    /// <summary>Lines over the first parameter, one per value of the second, in one panel per value of the third.</summary>
    public Panels Small(FrameColumn x, FrameColumn series, FrameColumn panel)
    {
        var classes = ClassesOf(x, series, panel.Levels.Count);
        var here = new double[subject.Values.Length];
        var charts = Enumerable.Range(0, panel.Levels.Count).Select(Panel).ToList();
        var isAveraged = charts.Exists(c => c.Series.Any(s => s.Points.Any(p => p.Run is null)));
        return new Panels
        {
            Id = subject.Names.Of(subject.Name, "by", x.Name, series.Name, panel.Name),
            Title = $"{subject.Name} by {x.Name}, {series.Name} and {panel.Name}",
            Note = subject.Averaged(isAveraged, Thinned(classes, x)),
            Charts = charts,
        };

        LineChart Panel(int level)
        {
            for (var row = 0; row < here.Length; row++)
            {
                here[row] = panel.Levels.OfRow[row] == level ? subject.Values[row] : double.NaN;
            }

            return new LineChart
            {
                Id = subject.Names.Of(subject.Name, panel.Name, panel.Levels.Label(level)),
                Title = $"{panel.Name}={panel.Levels.Label(level)}",
                X = AxisOf(classes, x),
                Y = subject.Axis,
                Series = Lines(classes, x, series, here),
            };
        }
    }

    /// <summary>The mean per value of the parameter, or per range of neighbouring numbers; of many texts, those furthest from the mean.</summary>
    /// <param name="x">The parameter.</param>
    /// <param name="most">The most ranges.</param>
    /// <param name="isFailureShare">Whether the values are shares of failed runs, which are means by their nature.</param>
    public BarChart Bars(FrameColumn x, int most = MostCells, bool isFailureShare = false)
    {
        var classes = Classes.Of(x.Levels, x.Levels.AreNumbers ? most : int.MaxValue);
        var means = MainEffect.Of(classes, subject.Values);
        var isAveraged = means.Exists(m => m.Count > 1);
        string? note = null;
        if (means.Count > MostCells)
        {
            note = string.Create(
                CultureInfo.InvariantCulture,
                $"The {MostCells} values of {x.Name} furthest from the mean are drawn; {means.Count - MostCells} more are not."
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
            Id = subject.Names.Of(subject.Name, "by", x.Name),
            Title = $"{subject.Name} by {x.Name}",
            Note = isFailureShare ? note : subject.Averaged(isAveraged, note),
            Value = subject.Name,
            IsShare = isFailureShare,
            Bars = [.. means.Select(m => new Bar(classes.Label(m.Class), m.Mean))],
        };
    }

    private static string? Thinned(Classes classes, FrameColumn x) =>
        classes.AreRanges
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"Each point is the mean over neighbouring values of {x.Name}."
            )
            : null;

    /// <summary>Limits the classes so that the points of all lines together stay legible and the page small.</summary>
    private static Classes ClassesOf(FrameColumn x, FrameColumn? other, int panels)
    {
        var lines = panels * (other is null ? 1 : Math.Min(other.Levels.Count, MostPanels));
        var most = Math.Min(MostPoints, MostPointsOfChart / lines);
        return Classes.Of(x.Levels, x.Levels.AreNumbers ? most : Axes.MostCategories);
    }

    private static Axis AxisOf(Classes classes, FrameColumn x) =>
        x.Levels.AreNumbers ? Axes.Of(x) : Axes.Of(x, classes);

    private List<ChartSeries> Lines(Classes classes, FrameColumn x, FrameColumn? other, double[] numbers)
    {
        if (other is null)
        {
            return [new ChartSeries("", Points(classes, x, numbers))];
        }

        var here = new double[numbers.Length];
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
                here[row] = other.Levels.OfRow[row] == level ? numbers[row] : double.NaN;
            }

            return new ChartSeries($"{other.Name}={other.Levels.Label(level)}", Points(classes, x, here));
        }
    }

    private List<ChartPoint> Points(Classes classes, FrameColumn x, double[] numbers) =>
        [
            .. MainEffect
                .Of(classes, numbers)
                .Select(m => new ChartPoint(
                    x.Levels.AreNumbers ? classes.Middle(m.Class) : m.Class,
                    m.Mean,
                    m.Count == 1 ? subject.Frame.Indexes[m.Row] : null
                )),
        ];

    /// <summary>Whether a parameter has few enough values for one line each.</summary>
    public static bool IsFew(FrameColumn column) => column.Levels.Count <= MostSeries;
}
