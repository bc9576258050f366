using AimmsOrchestrator.Reports.Designs;
using AimmsOrchestrator.Reports.Frames;
using AimmsOrchestrator.Reports.Statistics;

namespace AimmsOrchestrator.Reports.Charts;

/// <summary>Pictures of a figure whose parameters vary all together.</summary>
/// <param name="frame">The batch.</param>
/// <param name="design">Its design.</param>
/// <param name="figure">The figure's name.</param>
/// <param name="values">A number a row; NaN where the run does not count.</param>
/// <param name="names">Names the charts.</param>
internal sealed class SampleCharts(RunFrame frame, SweepDesign design, string figure, double[] values, ChartNames names)
{
    private const int MostPoints = 2000;
    private const int MostNumbers = 40_000;
    private const int MostPanels = 9;
    private const int ClassesOfEffect = 20;
    private const double LeastWidth = 1e-12;

    private readonly int[] _rows = RowSelection.Where(values.Length, row => !double.IsNaN(values[row]));

    /// <summary>The parameters by their sensitivity, the greatest first; empty where the figure does not vary.</summary>
    public IReadOnlyList<(FrameColumn Parameter, Sensitivity Sensitivity)> Ranking()
    {
        var isGrid = design.Kind is DesignKind.Grid or DesignKind.LargeGrid;
        var isFull = isGrid && Balance.IsFull(design.Parameters, _rows);
        return
        [
            .. design
                .Parameters.Select(p => (p, One(p)))
                .Where(p => p.Item2 is not null)
                .Select(p => (p.p, p.Item2!.Value))
                .OrderByDescending(p => p.Value.Index),
        ];

        Sensitivity? One(FrameColumn column)
        {
            // Ranges of numbers stand for a curve; texts that share a class have nothing in common.
            var isWhole = isGrid || !column.Levels.AreNumbers;
            if (!isGrid && isWhole && (column.Levels.Count > _rows.Length / 2 || column.HasOtherTexts))
            {
                return null;
            }

            var classes = Classes.Of(column.Levels, isWhole ? int.MaxValue : FirstOrder.ClassesFor(_rows.Length));
            return isFull ? FirstOrder.OfGrid(classes, values) : FirstOrder.OfSample(classes, values);
        }
    }

    /// <summary>How much of the figure's variance each parameter explains alone.</summary>
    public BarChart Sensitivities(IReadOnlyList<(FrameColumn Parameter, Sensitivity Sensitivity)> ranking) =>
        new()
        {
            Id = names.Of(figure, "sensitivity"),
            Title = $"How much of the variance of {figure} each parameter explains alone",
            Note =
                "First-order indices (Sobol’) from class means"
                + (
                    AreIndependent(ranking)
                        ? "; what is missing to 1 is owed to parameters acting together."
                        : ". The parameters do not vary independently here, so that their shares may overlap."
                )
                + (ranking.Any(r => r.Sensitivity.HalfWidth is not null) ? " Whiskers: 95 % confidence." : ""),
            Value = "first-order index",
            Bars = [.. ranking.Select(r => new Bar(r.Parameter.Name, r.Sensitivity.Index, r.Sensitivity.HalfWidth))],
        };

    private bool AreIndependent(IReadOnlyList<(FrameColumn Parameter, Sensitivity Sensitivity)> ranking) =>
        design.Kind switch
        {
            DesignKind.Grid or DesignKind.LargeGrid => Balance.IsFull(design.Parameters, _rows),
            DesignKind.Sample => !Balance.AreDependent([.. ranking.Select(r => r.Parameter)], _rows),
            _ => false,
        };

    /// <summary>The figure's mean over each parameter, in classes.</summary>
    /// <param name="parameters">Which ones, the most telling first.</param>
    public Panels MainEffects(IReadOnlyList<FrameColumn> parameters) =>
        new()
        {
            Id = names.Of(figure, "main-effects"),
            Title = $"The mean of {figure} over each parameter",
            Note = parameters.Count > MostPanels ? "The nine most telling parameters are drawn." : null,
            Charts = [.. parameters.Take(MostPanels).Select(Effect)],
        };

    /// <summary>The figure against a parameter, a point a run.</summary>
    public ScatterChart Scatter(FrameColumn x)
    {
        var sample = Sample(MostPoints);
        return new ScatterChart
        {
            Id = names.Of(figure, "against", x.Name),
            Title = $"{figure} against {x.Name}",
            Note = NoteOf(sample),
            X = Axes.Of(x),
            Y = new Axis(figure),
            Series =
            [
                new ChartSeries(
                    "",
                    [
                        .. sample
                            .Where(row => x.Levels.OfRow[row] >= 0)
                            .Select(row => new ChartPoint(
                                Axes.Place(x.Levels, x.Levels.OfRow[row]),
                                values[row],
                                frame.Indexes[row]
                            )),
                    ]
                ),
            ],
        };
    }

    /// <summary>Each run as a line over all parameters to the figure.</summary>
    public ParallelCoordinates Parallel()
    {
        var most = Math.Clamp(MostNumbers / (design.Parameters.Count + 1), 1, MostPoints);
        List<int> rows = [.. Sample(most).Where(row => design.Parameters.All(p => p.Levels.OfRow[row] >= 0))];
        return new ParallelCoordinates
        {
            Id = names.Of(figure, "parallel"),
            Title = $"{figure} over all parameters",
            Note = NoteOf(rows),
            Axes = [.. design.Parameters.Select(Axes.Of), new Axis(figure)],
            Rows =
            [
                .. rows.Select(row =>
                    (IReadOnlyList<double>)
                        [.. design.Parameters.Select(p => Axes.Place(p.Levels, p.Levels.OfRow[row])), values[row]]
                ),
            ],
            Runs = [.. rows.Select(row => frame.Indexes[row])],
        };
    }

    /// <summary>How often the figure fell where.</summary>
    public Histogram Distribution(Spread spread)
    {
        var width = spread.Maximum / 2 - spread.Minimum / 2;
        var middle = spread.Quartiles.Upper / 2 - spread.Quartiles.Lower / 2;
        var largest = Math.Max(Math.Abs(spread.Minimum), Math.Abs(spread.Maximum));
        // What the last digits of doubles make of a constant is no width that bins could divide.
        var isOne = width <= LeastWidth * largest;
        // Freedman and Diaconis (1981): twice the interquartile range over the cube root of the count.
        var bins = middle > 0 ? width / (2 * middle) * Math.Cbrt(_rows.Length) : Math.Sqrt(_rows.Length);
        var count = isOne ? 1 : (int)Math.Clamp(Math.Ceiling(bins), 5, 60);
        var margin = isOne ? Math.Max(0.5, largest * 1e-3) : 0;
        var least = Math.Max(-double.MaxValue, spread.Minimum - margin);
        var greatest = Math.Min(double.MaxValue, spread.Maximum + margin);
        double[] edges =
        [
            .. Enumerable.Range(0, count).Select(i => least * (1 - (double)i / count) + greatest * ((double)i / count)),
            greatest,
        ];
        var counts = new long[count];
        foreach (var row in _rows)
        {
            var place = Array.BinarySearch(edges, values[row]);
            counts[Math.Clamp(place < 0 ? ~place - 1 : place, 0, count - 1)]++;
        }

        return new Histogram
        {
            Id = names.Of(figure, "distribution"),
            Title = $"How {figure} is distributed",
            X = new Axis(figure),
            Edges = edges,
            Counts = counts,
            Marks = [new Bar("mean", spread.Mean), new Bar("median", spread.Quartiles.Median)],
        };
    }

    private LineChart Effect(FrameColumn column)
    {
        var classes = Classes.Of(column.Levels, ClassesOfEffect);
        return new LineChart
        {
            Id = names.Of(figure, "effect", column.Name),
            Title = column.Name,
            X = column.Levels.AreNumbers ? Axes.Of(column) : Axes.Of(column, classes),
            Y = new Axis(figure),
            Series =
            [
                new ChartSeries(
                    "",
                    [
                        .. MainEffect
                            .Of(classes, values)
                            .Select(m => new ChartPoint(
                                column.Levels.AreNumbers ? classes.Middle(m.Class) : m.Class,
                                m.Mean
                            )),
                    ]
                ),
            ],
        };
    }

    private IReadOnlyList<int> Sample(int most) =>
        _rows.Length <= most
            ? _rows
            : [.. Enumerable.Range(0, most).Select(i => _rows[(int)((long)i * _rows.Length / most)])];

    private string? NoteOf(IReadOnlyList<int> rows) =>
        _rows.Length > rows.Count ? $"{rows.Count} of {_rows.Length} runs are drawn." : null;
}
