using System.Runtime.InteropServices;
using AimmsOrchestrator.Reports.Designs;
using MathNet.Numerics.Distributions;

namespace AimmsOrchestrator.Reports.Statistics;

/// <summary>A first-order sensitivity.</summary>
/// <param name="Index">The share of the result's variance that the parameter alone explains, Sobol's main index; 0 to 1.</param>
/// <param name="HalfWidth">Half the width of its 95 % confidence interval; null if the index is exact, or if the interval cannot be estimated.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Sensitivity(double Index, double? HalfWidth);

/// <summary>
/// First-order (Sobol') sensitivities from given runs: the variance of the class means over the total variance (Plischke,
/// Borgonovo and Smith 2013), if parameters vary independently.
/// </summary>
internal static class FirstOrder
{
    private const int Groups = 20;
    private const int MostClasses = 64;

    /// <summary>As many classes as runs per class, 64 at most.</summary>
    public static int ClassesFor(long runs) => (int)Math.Clamp(Math.Sqrt(runs), 2, MostClasses);

    /// <summary>
    /// The sensitivity of a result to a parameter in a random sample. The variance that class means have by chance is subtracted
    /// (Kelley's epsilon squared, 1935); the interval is a jackknife over 20 groups of draws. What the runs of a draw differ by is a
    /// part of the result's variance that the parameter does not explain.
    /// </summary>
    /// <returns>Null if the result does not vary between draws, or there are no more draws than classes.</returns>
    public static Sensitivity? OfSample(Classes classes, DrawMeans result)
    {
        var whole = new ClassSums(classes.Count);
        var groups = Enumerable.Range(0, Groups).Select(_ => new ClassSums(classes.Count)).ToArray();
        Fill(classes, result, whole, groups);
        if (whole.EpsilonSquared() is not { } index)
        {
            return null;
        }

        var without = groups.Select(g => whole.Without(g).EpsilonSquared()).ToList();
        return new Sensitivity(
            Math.Clamp(index, 0, 1),
            without.TrueForAll(w => w is not null) ? HalfWidth([.. without.Select(w => w!.Value)]) : null
        );
    }

    /// <summary>The exact share in a full grid: eta squared, without a correction.</summary>
    /// <returns>Null if the result does not vary.</returns>
    public static Sensitivity? OfGrid(Classes classes, double[] result)
    {
        var whole = new ClassSums(classes.Count);
        Fill(classes, DrawMeans.OfRuns(result), whole, []);
        return whole.EtaSquared() is { } index ? new Sensitivity(Math.Clamp(index, 0, 1), HalfWidth: null) : null;
    }

    private static void Fill(Classes classes, DrawMeans result, ClassSums whole, ClassSums[] groups)
    {
        var (center, scale) = Frame(classes, result.Values);
        foreach (var row in result.Rows)
        {
            if (classes.OfRow(row) is not (var index and >= 0))
            {
                continue;
            }

            var value = (result.Values[row] / 2 - center) / scale;
            var deviation = result.HalfDeviation(row) / scale;
            whole.Add(index, value, deviation);
            if (groups.Length > 0)
            {
                groups[Group(result.DrawOf(row))].Add(index, value, deviation);
            }
        }
    }

    /// <summary>Half the midrange, and half the range: sums of squares of numbers scaled by these are small and exact.</summary>
    private static (double Center, double Scale) Frame(Classes classes, ReadOnlySpan<double> result)
    {
        var (least, greatest) = (double.PositiveInfinity, double.NegativeInfinity);
        for (var row = 0; row < result.Length; row++)
        {
            if (!double.IsNaN(result[row]) && classes.OfRow(row) >= 0)
            {
                least = Math.Min(least, result[row] / 2);
                greatest = Math.Max(greatest, result[row] / 2);
            }
        }

        return greatest > least ? (least / 2 + greatest / 2, greatest - least) : (least, 1);
    }

    /// <summary>Assigns groups by multiples of the golden ratio, which do not align with any sweep's period.</summary>
    private static int Group(int draw) => (int)((uint)draw * 2654435769u % (1u << 31) * (ulong)Groups >> 31);

    private static double HalfWidth(double[] without)
    {
        var mean = without.Average();
        var error = Math.Sqrt(without.Sum(w => (w - mean) * (w - mean)) * (Groups - 1) / Groups);
        return StudentT.InvCDF(0, 1, Groups - 1, 0.975) * error;
    }

    /// <summary>Counts, sums and squares by class.</summary>
    private sealed class ClassSums(int classes)
    {
        private readonly long[] _counts = new long[classes];
        private readonly double[] _sums = new double[classes];
        private double _squares;
        private double _within;

        /// <param name="index">The class.</param>
        /// <param name="value">A number: the mean of some runs.</param>
        /// <param name="deviation">The root mean square of what these runs differ from it by.</param>
        public void Add(int index, double value, double deviation)
        {
            _counts[index]++;
            _sums[index] += value;
            _squares += value * value;
            _within += deviation * deviation;
        }

        public ClassSums Without(ClassSums part)
        {
            var rest = new ClassSums(_counts.Length)
            {
                _squares = _squares - part._squares,
                _within = Math.Max(0, _within - part._within),
            };
            for (var i = 0; i < _counts.Length; i++)
            {
                rest._counts[i] = _counts[i] - part._counts[i];
                rest._sums[i] = _sums[i] - part._sums[i];
            }

            return rest;
        }

        public double? EtaSquared() => Variation() is (> 0 and var total, var between) ? between / total : null;

        public double? EpsilonSquared()
        {
            var (runs, used) = (_counts.Sum(), _counts.Count(c => c > 0));
            return runs > used && Variation() is (> 0 and var total, var between)
                ? (between - (used - 1) * (total - between) / (runs - used)) / (total + _within)
                : null;
        }

        private (double Total, double Between) Variation()
        {
            var (runs, sum) = (_counts.Sum(), _sums.Sum());
            var middle = runs == 0 ? 0 : sum * sum / runs;
            var between = _counts.Select((count, i) => count == 0 ? 0 : _sums[i] * _sums[i] / count).Sum() - middle;
            var total = _squares - middle;
            // The rounding errors of a constant are not variance.
            return total > 1e-14 * _squares ? (total, between) : (0, 0);
        }
    }
}
