using AimmsOrchestrator.Reports.Frames;
using AimmsOrchestrator.Reports.Statistics;

namespace AimmsOrchestrator.Reports.Charts;

/// <summary>Charts of one result whose parameters all vary together.</summary>
internal sealed class SampleCharts(ChartSubject subject)
{
    private const int MostPoints = 2000;
    private const int MostNumbers = 40_000;
    private const int MostPanels = 9;
    private const int ClassesOfEffect = 20;
    private const int MostCounted = 40;
    private const double LeastWidth = 1e-12;

    /// <summary>The mean over each parameter, in classes.</summary>
    /// <param name="parameters">Which ones, the most influential first.</param>
    public Panels MainEffects(IReadOnlyList<FrameColumn> parameters) =>
        new()
        {
            Id = subject.Names.Of(subject.Name, "main-effects"),
            Title = $"The mean of {subject.Name} over each parameter",
            Note = parameters.Count > MostPanels ? "The nine most influential parameters are drawn." : null,
            Charts = [.. parameters.Take(MostPanels).Select(Effect)],
        };

    /// <summary>The result against a parameter, one point per run.</summary>
    public ScatterChart Scatter(FrameColumn x)
    {
        var sample = Sample(MostPoints);
        return new ScatterChart
        {
            Id = subject.Names.Of(subject.Name, "against", x.Name),
            Title = $"{subject.Name} against {x.Name}",
            Note = NoteOf(sample),
            X = Axes.Of(x),
            Y = subject.Axis,
            Series =
            [
                new ChartSeries(
                    "",
                    [
                        .. sample
                            .Where(row => x.Levels.OfRow[row] >= 0)
                            .Select(row => new ChartPoint(
                                Axes.Position(x.Levels, x.Levels.OfRow[row]),
                                subject.Values[row],
                                subject.Frame.Indexes[row]
                            )),
                    ]
                ),
            ],
        };
    }

    /// <summary>Each run as a line across all parameters to the result.</summary>
    public ParallelCoordinates Parallel()
    {
        var most = Math.Clamp(MostNumbers / (subject.Design.Parameters.Count + 1), 1, MostPoints);
        List<int> rows = [.. Sample(most).Where(row => subject.Design.Parameters.All(p => p.Levels.OfRow[row] >= 0))];
        return new ParallelCoordinates
        {
            Id = subject.Names.Of(subject.Name, "parallel"),
            Title = $"{subject.Name} over all parameters",
            Note = NoteOf(rows),
            Axes = [.. subject.Design.Parameters.Select(Axes.WithValues), subject.Axis],
            Rows = [.. rows.Select(Line)],
            Runs = [.. rows.Select(row => subject.Frame.Indexes[row])],
            BaseRow =
                subject.Base is { } start
                && subject.Frame.Indexes.IndexOf(start.Run) is var at and >= 0
                && subject.Design.Parameters.All(p => p.Levels.OfRow[at] >= 0)
                    ? Line(at)
                    : null,
        };

        IReadOnlyList<double> Line(int row) =>
            [
                .. subject.Design.Parameters.Select(p => Axes.Position(p.Levels, p.Levels.OfRow[row])),
                subject.Values[row],
            ];
    }

    /// <summary>How often the result fell into each interval.</summary>
    public Histogram Distribution(Spread spread)
    {
        var width = spread.Maximum / 2 - spread.Minimum / 2;
        var middle = spread.Quartiles.Upper / 2 - spread.Quartiles.Lower / 2;
        var largest = Math.Max(Math.Abs(spread.Minimum), Math.Abs(spread.Maximum));
        // The rounding errors of a constant are not a width to divide into bins.
        var isOne = width <= LeastWidth * largest;
        // Freedman and Diaconis (1981): twice the interquartile range over the cube root of the count.
        var bins = middle > 0 ? width / (2 * middle) * Math.Cbrt(subject.Rows.Length) : Math.Sqrt(subject.Rows.Length);
        if (subject.IsWhole && spread.Maximum - spread.Minimum < MostCounted)
        {
            return Counted((long)spread.Minimum, (long)spread.Maximum, spread);
        }

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
        foreach (var row in subject.Rows)
        {
            var bin = Array.BinarySearch(edges, subject.Values[row]);
            counts[Math.Clamp(bin < 0 ? ~bin - 1 : bin, 0, count - 1)]++;
        }

        return Distribution(edges, counts, spread);
    }

    /// <summary>How many runs have each whole number.</summary>
    private Histogram Counted(long least, long greatest, Spread spread)
    {
        var counts = new long[greatest - least + 1];
        foreach (var row in subject.Rows)
        {
            counts[(long)subject.Values[row] - least]++;
        }

        return Distribution([.. Enumerable.Range(0, counts.Length + 1).Select(i => least + i - 0.5)], counts, spread);
    }

    private Histogram Distribution(double[] edges, long[] counts, Spread spread) =>
        new()
        {
            Id = subject.Names.Of(subject.Name, "distribution"),
            Title = $"How {subject.Name} is distributed",
            X = subject.Axis,
            Edges = edges,
            Counts = counts,
            Quantiles = subject.Design.IsRandom ? Quantiles() : [],
            Marks = [new Bar("mean", spread.Mean), new Bar("median", spread.Quartiles.Median)],
        };

    private double[] Quantiles()
    {
        double[] values = [.. subject.Rows.Select(row => subject.Values[row])];
        Array.Sort(values);
        return [.. Enumerable.Range(0, 101).Select(i => Statistics.Quartiles.At(values, i / 100.0))];
    }

    private LineChart Effect(FrameColumn column)
    {
        var classes = Classes.Of(column.Levels, ClassesOfEffect);
        return new LineChart
        {
            Id = subject.Names.Of(subject.Name, "effect", column.Name),
            Title = column.Name,
            X = column.Levels.AreNumbers ? Axes.Of(column) : Axes.Of(column, classes),
            // The mean of whole numbers is none.
            Y = new Axis(subject.Name),
            Series =
            [
                new ChartSeries(
                    "",
                    [
                        .. MainEffect
                            .Of(classes, subject.Values)
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
        subject.Rows.Length <= most
            ? subject.Rows
            : [.. Enumerable.Range(0, most).Select(i => subject.Rows[(int)((long)i * subject.Rows.Length / most)])];

    private string? NoteOf(IReadOnlyList<int> rows) =>
        subject.Rows.Length > rows.Count ? $"{rows.Count} of {subject.Rows.Length} runs are drawn." : null;
}
