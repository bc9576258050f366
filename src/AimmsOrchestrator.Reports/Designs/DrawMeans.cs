using AimmsOrchestrator.Reports.Frames;

namespace AimmsOrchestrator.Reports.Designs;

/// <summary>A result with one number per independent draw: the mean of the draw's runs, at the first of them.</summary>
internal sealed class DrawMeans
{
    private const double Rounding = 1e-12;

    private readonly IndependentDraws _draws;
    private readonly int[] _runs;
    private readonly double[] _halfDeviations;

    /// <param name="draws">Which runs are one draw.</param>
    /// <param name="values">One number per row: a draw's mean at the first of its runs that count, NaN elsewhere.</param>
    /// <param name="runs">The number of runs that count, at the same rows; empty where each draw is one run.</param>
    /// <param name="halfDeviations">What <see cref="HalfDeviation"/> answers, at the same rows; empty where each draw is one run.</param>
    internal DrawMeans(IndependentDraws draws, double[] values, int[] runs, double[] halfDeviations)
    {
        _draws = draws;
        _runs = runs;
        _halfDeviations = halfDeviations;
        Values = values;
        Rows = RowSelection.Where(values.Length, row => !double.IsNaN(values[row]));
        HaveRepeats = Array.Exists(runs, count => count > 1);
    }

    /// <summary>One number per row; NaN for a row that is not the first of a draw's runs.</summary>
    public double[] Values { get; }

    /// <summary>The rows that have a number, one per draw.</summary>
    public int[] Rows { get; }

    /// <summary>Whether a number is the mean of several runs.</summary>
    public bool HaveRepeats { get; }

    /// <summary>Whether each number is of equally many runs.</summary>
    public bool HaveEqualRuns => Array.TrueForAll(Rows, row => RunsOf(row) == RunsOf(Rows[0]));

    /// <summary>Whether the runs of each draw have the same value, but for rounding errors.</summary>
    public bool AreAlike => Array.TrueForAll(Rows, row => HalfDeviation(row) <= Rounding * Math.Abs(Values[row]));

    /// <summary>
    /// Whether the draws have the same mean, but for the rounding errors of their runs, as where only the replicate or a parameter
    /// that is not drawn matters. Such draws have no spread to estimate an interval from.
    /// </summary>
    public bool AreConstant
    {
        get
        {
            var (least, greatest, size) = (double.PositiveInfinity, double.NegativeInfinity, 0.0);
            foreach (var row in Rows)
            {
                least = Math.Min(least, Values[row]);
                greatest = Math.Max(greatest, Values[row]);
                // The runs of a mean near zero may be large, and so are their rounding errors.
                size = Math.Max(size, Math.Max(Math.Abs(Values[row]), HalfDeviation(row)));
            }

            // Halves: the difference of two doubles may overflow.
            return (greatest / 2) - (least / 2) <= Rounding * size;
        }
    }

    /// <summary>A result whose every run is a draw of its own.</summary>
    public static DrawMeans OfRuns(double[] values) => new(IndependentDraws.OfEachRun, values, [], []);

    /// <summary>The draw of a row: where a draw has several numbers, one per value of a parameter, they belong together.</summary>
    public int DrawOf(int row) => _draws.DrawOf(row);

    /// <summary>The number of runs behind a number.</summary>
    public int RunsOf(int row) => _runs.Length == 0 ? 1 : _runs[row];

    /// <summary>
    /// Half the root mean square of what the runs behind a number differ from it by: half, since the difference of two doubles
    /// may overflow.
    /// </summary>
    public double HalfDeviation(int row) => _halfDeviations.Length == 0 ? 0 : _halfDeviations[row];

    /// <summary>
    /// One number per draw, whose mean is that of all runs and whose spread is the chance of that mean: the draws' means. Draws of
    /// which some have more runs that count weigh more; theirs are the terms of the ratio estimator's variance (Cochran 1977,
    /// Sampling Techniques, chapter 9A).
    /// </summary>
    public double[] Numbers()
    {
        if (HaveEqualRuns)
        {
            return Array.ConvertAll(Rows, row => Values[row]);
        }

        var (runs, mean) = (0L, 0.0);
        foreach (var row in Rows)
        {
            runs += _runs[row];
            mean += (Values[row] - mean) * _runs[row] / runs;
        }

        var each = (double)runs / Rows.Length;
        return Array.ConvertAll(Rows, row => mean + ((Values[row] - mean) * (_runs[row] / each)));
    }

    /// <summary>
    /// The number of draws; where some have more runs that count than others, the number of equal ones that say as much
    /// (Kish 1965, Survey Sampling).
    /// </summary>
    public double EffectiveCount()
    {
        if (!HaveRepeats)
        {
            return Rows.Length;
        }

        var (sum, squares) = (0.0, 0.0);
        foreach (var row in Rows)
        {
            sum += _runs[row];
            squares += (double)_runs[row] * _runs[row];
        }

        return sum * sum / squares;
    }
}
