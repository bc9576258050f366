using AimmsOrchestrator.Reports.Designs;
using AimmsOrchestrator.Reports.Frames;
using MathNet.Numerics.Distributions;

namespace AimmsOrchestrator.Reports.Statistics;

/// <summary>How one parameter, or two together, move a result.</summary>
/// <param name="Parameters">One, or two that act together beyond what each does alone.</param>
/// <param name="Share">The share of the result's variance, 0 to 1; for two parameters what they add to their own shares.</param>
/// <param name="P">The probability that a result which depends on none of the parameters shows so great a share.</param>
internal sealed record Effect(IReadOnlyList<FrameColumn> Parameters, double Share, double P)
{
    /// <summary>The sum of squares, and its degrees of freedom.</summary>
    public required (double Squares, int Freedom) Sum { get; init; }
}

/// <summary>
/// Analysis of variance over classes of the parameters' values: the F test of each parameter against what all of them leave
/// unexplained, and of each pair of parameters against what the pair leaves (Fisher 1925).
/// </summary>
internal sealed class Effects
{
    /// <summary>Of more parameters than these, pairs are formed of the first.</summary>
    public const int MostPaired = 12;

    /// <summary>Of more numbers than these, some are tested.</summary>
    public const int MostRows = 200_000;

    private const int ClassesOfPair = 4;
    private const double Rounding = 1e-9;

    private readonly int[] _rows;
    private readonly double[] _values;
    private readonly double _mean;
    private readonly double _total;
    private readonly double _part;

    /// <param name="draws">The result: what is tested are its independent draws, and shares are of the variance of its runs.</param>
    public Effects(DrawMeans draws)
    {
        var values = draws.Values;
        _rows = Thinned(draws.Rows);
        var largest = _rows.Length == 0 ? 1 : _rows.Max(row => Math.Abs(values[row]));
        var scale = largest is > 0 and < double.PositiveInfinity ? largest : 1;
        _values = Array.ConvertAll(_rows, row => values[row] / scale);
        _mean = _rows.Length == 0 ? 0 : _values.Average();
        _total = _values.Sum(value => Square(value - _mean));
        // The rounding errors of a constant are not variance.
        _total = _total > 1e-20 * _rows.Length * Math.Max(1e-12, _mean * _mean) ? _total : 0;
        var within = _rows.Sum(row => 4 * Square(draws.HalfDeviation(row) / scale));
        _part = _total > 0 ? _total / (_total + within) : 1;
    }

    /// <summary>Whether the result has one value wherever it has any.</summary>
    public bool IsConstant => _total <= 0;

    /// <summary>The parameters' effects, the greatest first.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="together">What pairs of them do together, which is not left unexplained.</param>
    public IReadOnlyList<Effect> Alone(IReadOnlyList<FrameColumn> parameters, IReadOnlyList<Effect> together)
    {
        if (IsConstant)
        {
            return [];
        }

        var most = FirstOrder.ClassesFor(_rows.Length);
        var all = parameters
            .Select(p => (Column: p, Sum: Between(Cells(p, most))))
            .Where(p => p.Sum.Classes > 1)
            .ToList();
        var explained = all.Sum(p => p.Sum.Squares) + together.Sum(e => e.Sum.Squares);
        var freedom = _rows.Length - 1 - all.Sum(p => p.Sum.Classes - 1) - together.Sum(e => e.Sum.Freedom);
        return
        [
            .. all.Select(p =>
                {
                    // Parameters that do not vary independently explain the same variance twice: each is tested alone then.
                    var isSum = explained <= _total * (1 + Rounding) && freedom > 0;
                    var (rest, left) = isSum
                        ? (_total - explained, freedom)
                        : (_total - p.Sum.Squares, _rows.Length - p.Sum.Classes);
                    return EffectOf([p.Column], p.Sum.Squares, p.Sum.Classes - 1, rest, left);
                })
                .OrderByDescending(e => e.Share),
        ];
    }

    /// <summary>What two parameters do together, the greatest first; of many parameters those that do most alone.</summary>
    public IReadOnlyList<Effect> Together(IReadOnlyList<FrameColumn> parameters)
    {
        var used = parameters.Take(MostPaired).ToList();
        return IsConstant
            ? []
            :
            [
                .. used.SelectMany((one, i) => used.Skip(i + 1).Select(other => Pair(one, other)))
                    .OfType<Effect>()
                    .OrderByDescending(e => e.Share),
            ];
    }

    private Effect? Pair(FrameColumn one, FrameColumn other)
    {
        // As many classes as leave a few runs in each cell.
        var most = (int)Math.Clamp(Math.Sqrt(_rows.Length / 5.0), 2, ClassesOfPair);
        var isEach = 2L * one.Levels.Count * other.Levels.Count <= _rows.Length;
        var (first, second) = isEach
            ? (Cells(one, most), Cells(other, most))
            : (Classed(one, most), Classed(other, most));
        var cells = new int[first.Length];
        var width = second.Length == 0 ? 1 : second.Max() + 1;
        for (var row = 0; row < cells.Length; row++)
        {
            cells[row] = first[row] < 0 || second[row] < 0 ? -1 : (first[row] * width) + second[row];
        }

        var (a, b, both) = (Between(first), Between(second), Between(cells));
        var more = both.Squares - a.Squares - b.Squares;
        var freedom = both.Classes - a.Classes - b.Classes + 1;
        return freedom > 0 && more > 0
            ? EffectOf([one, other], more, freedom, _total - both.Squares, _rows.Length - both.Classes)
            : null;
    }

    private Effect EffectOf(IReadOnlyList<FrameColumn> parameters, double squares, int freedom, double rest, int left)
    {
        var share = Math.Clamp(squares / _total, 0, 1);
        if (left <= 0 || rest <= Rounding * _total)
        {
            return Of(share, left <= 0 || share <= Rounding ? 1 : 0);
        }

        var f = squares / freedom / (rest / left);
        // What chance alone would explain is not the parameter's.
        var own = Math.Clamp((squares - (freedom * rest / left)) / _total, 0, 1);
        return Of(own, 1 - FisherSnedecor.CDF(freedom, left, f));

        Effect Of(double part, double p) => new(parameters, part * _part, p) { Sum = (squares, freedom) };
    }

    /// <summary>The class of each counting row: each value is one as long as some runs share it; -1 where it has none.</summary>
    private int[] Cells(FrameColumn column, int most) =>
        Classed(column, 2 * column.Levels.Count <= _rows.Length ? int.MaxValue : most);

    private int[] Classed(FrameColumn column, int most)
    {
        var classes = Classes.Of(column.Levels, most);
        var cells = new int[_rows.Length];
        for (var i = 0; i < cells.Length; i++)
        {
            cells[i] = classes.OfRow(_rows[i]);
        }

        return cells;
    }

    private (double Squares, int Classes) Between(int[] cells)
    {
        var count = cells.Length == 0 ? 0 : cells.Max() + 1;
        var (sums, counts) = (new double[count], new long[count]);
        for (var i = 0; i < cells.Length; i++)
        {
            if (cells[i] >= 0)
            {
                sums[cells[i]] += _values[i] - _mean;
                counts[cells[i]]++;
            }
        }

        var squares = 0.0;
        for (var i = 0; i < count; i++)
        {
            squares += counts[i] == 0 ? 0 : sums[i] * sums[i] / counts[i];
        }

        return (squares, counts.Count(c => c > 0));
    }

    /// <summary>Of many rows some by multiples of the golden ratio, which do not align with any sweep's period.</summary>
    private static int[] Thinned(int[] rows)
    {
        var share = rows.Length <= MostRows ? uint.MaxValue : (uint)((double)MostRows / rows.Length * uint.MaxValue);
        return share == uint.MaxValue ? rows : [.. rows.Where(row => (uint)row * 2654435769u < share)];
    }

    private static double Square(double x) => x * x;
}
