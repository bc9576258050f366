using AimmsOrchestrator.Reports.Frames;

namespace AimmsOrchestrator.Reports.Designs;

/// <summary>
/// Which runs are one draw of a sample. A drawn point that is run several times (in several batches, with each value of a
/// parameter that is not drawn, as replicates) says no more about chance than one run: its runs count as their mean.
/// </summary>
internal sealed class IndependentDraws
{
    /// <summary>Fewer draws than these say too little of how draws differ.</summary>
    private const int Fewest = 20;

    private readonly IReadOnlyList<FrameColumn> _sampled;
    private readonly RowCombinations? _draws;

    private IndependentDraws(IReadOnlyList<FrameColumn> sampled, RowCombinations? draws)
    {
        _sampled = sampled;
        _draws = draws;
    }

    /// <summary>Each run is a draw of its own, as wherever no point repeats.</summary>
    public static IndependentDraws OfEachRun { get; } = new([], draws: null);

    /// <summary>Whether there are fewer draws than runs.</summary>
    public bool HaveRepeats => _draws is not null;

    /// <summary>The draws of a design.</summary>
    /// <param name="rows">The number of runs.</param>
    /// <param name="sampled">The parameters whose values are drawn; none for a design without draws.</param>
    /// <param name="others">The parameters that vary beside them: those that are not drawn, and the numbers of replicates.</param>
    /// <remarks>
    /// Runs that are equal in <paramref name="others"/> too are draws that happen to coincide, as those of a few discrete values
    /// do: the first ones, over all values of the others, are one draw, the second ones another.
    /// </remarks>
    public static IndependentDraws Of(int rows, IReadOnlyList<FrameColumn> sampled, IReadOnlyList<FrameColumn> others)
    {
        // Most samples have no repeats, which takes no walk to see.
        if (sampled.Count == 0 || others.Count == 0 || sampled.Any(p => p.Levels.Count == rows))
        {
            return OfEachRun;
        }

        var points = RowCombinations.Of(rows, sampled);
        var alike = points.With(others);
        var (seen, turns) = (new int[alike.Count], new int[rows]);
        for (var row = 0; row < rows; row++)
        {
            turns[row] = seen[alike.OfRow[row]]++;
        }

        var draws = points.WithNumbers(turns);
        return draws.Count == rows ? OfEachRun : new IndependentDraws(sampled, draws);
    }

    /// <summary>The draw of a run, numbered from 0 in the order of their first runs; the run's row where none repeats.</summary>
    public int DrawOf(int row) => _draws is null ? row : _draws.OfRow[row];

    /// <summary>Whether a parameter has one value within a draw; false where no draw repeats.</summary>
    public bool AreOver(FrameColumn parameter) => _sampled.Contains(parameter);

    /// <summary>A result with one number per draw.</summary>
    /// <param name="values">One number per row; NaN for a run that does not count.</param>
    /// <param name="parameters">
    /// The parameters whose effect is in question: the runs of a draw with different values of one that is not drawn are not
    /// averaged, since the effect is what they differ by.
    /// </param>
    public DrawMeans Average(double[] values, params IReadOnlyList<FrameColumn> parameters)
    {
        if (_draws is null)
        {
            return DrawMeans.OfRuns(values);
        }

        var counting = Counting(values);
        var units = _draws.With([.. parameters.Where(p => !AreOver(p))], counting);
        var (first, runs) = (new int[units.Count], new int[units.Count]);
        var (means, halves) = (new double[units.Count], new double[units.Count]);
        foreach (var row in counting)
        {
            var unit = units.OfRow[row];
            first[unit] = runs[unit] == 0 ? row : first[unit];
            runs[unit]++;
            // Half the difference, added twice: the difference of two doubles may overflow.
            var step = (values[row] / 2 - means[unit] / 2) / runs[unit];
            means[unit] += step;
            means[unit] += step;
        }

        foreach (var row in counting)
        {
            var unit = units.OfRow[row];
            halves[unit] = double.Hypot(halves[unit], values[row] / 2 - means[unit] / 2);
        }

        var (ofRow, runsOfRow, halfOfRow) = (
            new double[values.Length],
            new int[values.Length],
            new double[values.Length]
        );
        Array.Fill(ofRow, double.NaN);
        for (var unit = 0; unit < runs.Length; unit++)
        {
            if (runs[unit] > 0)
            {
                ofRow[first[unit]] = means[unit];
                runsOfRow[first[unit]] = runs[unit];
                halfOfRow[first[unit]] = halves[unit] / Math.Sqrt(runs[unit]);
            }
        }

        return new DrawMeans(this, ofRow, runsOfRow, halfOfRow);
    }

    /// <summary>A result at some draws only: whole ones, within which their runs still compare.</summary>
    /// <param name="values">One number per row; NaN for a run that does not count.</param>
    /// <param name="most">How many numbers remain at most, unless twenty draws have more.</param>
    public double[] Thinned(double[] values, int most)
    {
        var counting = Counting(values);
        if (_draws is null || counting.Length <= most)
        {
            return values;
        }

        var runs = new int[_draws.Count];
        foreach (var row in counting)
        {
            runs[DrawOf(row)]++;
        }

        // Multiples of the golden ratio do not align with any sweep's period.
        var (isKept, left, kept) = (new bool[runs.Length], most, 0);
        var counted = Enumerable.Range(0, runs.Length).Where(draw => runs[draw] > 0);
        foreach (var draw in counted.OrderBy(draw => (uint)draw * 2654435769u))
        {
            left -= runs[draw];
            if (left < 0 && kept >= Fewest)
            {
                break;
            }

            isKept[draw] = true;
            kept++;
        }

        var thinned = new double[values.Length];
        for (var row = 0; row < thinned.Length; row++)
        {
            thinned[row] = isKept[DrawOf(row)] ? values[row] : double.NaN;
        }

        return thinned;
    }

    private static int[] Counting(double[] values) =>
        RowSelection.Where(values.Length, row => !double.IsNaN(values[row]));
}
