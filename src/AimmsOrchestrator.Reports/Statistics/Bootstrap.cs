using System.Runtime.InteropServices;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;

namespace AimmsOrchestrator.Reports.Statistics;

/// <summary>A 95 % confidence interval.</summary>
/// <param name="Low">Its lower end.</param>
/// <param name="High">Its upper end.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Interval(double Low, double High);

/// <summary>
/// Confidence intervals by the bootstrap (Efron 1979), as the percentiles of what resamples come to. They take the numbers for
/// independent draws, of which several runs of one point are one.
/// </summary>
internal static class Bootstrap
{
    /// <summary>How they are computed, for the reader of a report.</summary>
    public const string Definition =
        "Small print: 95 % confidence intervals by the bootstrap, from resamples for the mean and from the exact distribution of "
        + "resampled ranks for percentiles. They take the points for independent draws; for Latin hypercubes, Sobol and Halton "
        + "points they are wider than they need to be. A point that is run several times is one draw, with the mean of its runs; "
        + "where these differ, or some points have more completed runs than others, percentiles have no interval.";

    /// <summary>Fewer numbers than these say too little of the ends of a distribution.</summary>
    public const int Fewest = 10;

    private const double Tail = 0.025;
    private const int Seed = 20_261_127;
    private const int MostResamples = 2000;
    private const int FewestResamples = 200;
    private const int MostDraws = 10_000_000;

    /// <summary>More numbers than these have a mean whose resamples are normally distributed.</summary>
    private const int MostResampled = 50_000;

    /// <summary>Of the mean: reproducible, since the resamples are drawn with a fixed seed.</summary>
    /// <param name="numbers">At least <see cref="Fewest"/>.</param>
    public static Interval Mean(double[] numbers)
    {
        var n = numbers.Length;
        if (n > MostResampled)
        {
            var spread = Spread.OfInPlace([.. numbers]);
            var half = Normal.InvCDF(0, 1, 1 - Tail) * (spread.StandardDeviation ?? 0) / Math.Sqrt(n);
            return new Interval(spread.Mean - half, spread.Mean + half);
        }

        var random = new Xoshiro256StarStar(Seed, threadSafe: false);
        var means = new double[Math.Clamp(MostDraws / n, FewestResamples, MostResamples)];
        for (var resample = 0; resample < means.Length; resample++)
        {
            var mean = 0.0;
            for (var draw = 0; draw < n; draw++)
            {
                // Divided first: a sum may overflow.
                mean += numbers[random.Next(n)] / n;
            }

            means[resample] = mean;
        }

        Array.Sort(means);
        return new Interval(Quartiles.At(means, Tail), Quartiles.At(means, 1 - Tail));
    }

    /// <summary>
    /// Of a quantile. The k-th least of n numbers drawn from n is at most the j-th of these if at least k draws are, which a
    /// binomial distribution says without drawing.
    /// </summary>
    /// <param name="ascending">At least <see cref="Fewest"/> numbers, in order.</param>
    /// <param name="p">The quantile, between 0 and 1.</param>
    public static Interval Quantile(double[] ascending, double p)
    {
        var rank = 1 + (int)Math.Round((ascending.Length - 1) * p);
        return new Interval(ascending[At(Tail) - 1], ascending[At(1 - Tail) - 1]);

        int At(double share)
        {
            var (low, high) = (1, ascending.Length);
            while (low < high)
            {
                var middle = (low + high) / 2;
                var isReached = AtMost(middle) >= share;
                (low, high) = isReached ? (low, middle) : (middle + 1, high);
            }

            return low;
        }

        double AtMost(int j) => 1 - Binomial.CDF((double)j / ascending.Length, ascending.Length, rank - 1);
    }
}
