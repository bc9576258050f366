using MathNet.Numerics.Statistics;

namespace AimmsOrchestrator.Reports.Statistics;

/// <summary>Location and spread of finite numbers.</summary>
internal sealed record Spread
{
    private static readonly double[] TailShares = [0.05, 0.1, 0.9, 0.95];

    public required double Minimum { get; init; }

    public required double Maximum { get; init; }

    public required Quartiles Quartiles { get; init; }

    /// <summary>Whether all numbers are the same, but for rounding errors.</summary>
    public bool IsConstant => AreSame(Minimum, Maximum);

    /// <summary>P5, P10, P90 and P95, by the same definition as the quartiles.</summary>
    public required IReadOnlyList<double> Tails { get; init; }

    public required double Mean { get; init; }

    /// <summary>Divided by n - 1; null below two numbers, and where a double cannot hold it.</summary>
    public double? StandardDeviation { get; init; }

    /// <summary>Whether two numbers are the same but for rounding errors.</summary>
    public static bool AreSame(double one, double other) =>
        // Halves: the difference of two doubles may overflow.
        Math.Abs(one / 2 - other / 2)
        <= 1e-12 * Math.Max(Math.Abs(one), Math.Abs(other));

    /// <summary>Computes the statistics of one number or more, which it sorts and scales in place.</summary>
    public static Spread OfInPlace(double[] numbers)
    {
        Array.Sort(numbers);
        // Scaling by a power of two is exact, and keeps sums and squares within the range of doubles.
        var largest = Math.Max(Math.Abs(numbers[0]), Math.Abs(numbers[^1]));
        var power = largest > 0 ? Math.ILogB(largest) + 1 : 0;
        var (minimum, maximum) = (numbers[0], numbers[^1]);
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = Math.ScaleB(numbers[i], -power);
        }

        var mean = MeanOf(numbers);
        var quartiles = Quartiles.Of(numbers);
        double[] tails = [.. TailShares.Select(p => Math.ScaleB(Quartiles.At(numbers, p), power))];
        var deviation = Math.ScaleB(StandardDeviationOf(numbers, mean), power);
        return new Spread
        {
            Minimum = minimum,
            Maximum = maximum,
            Quartiles = new Quartiles(
                Math.ScaleB(quartiles.Lower, power),
                Math.ScaleB(quartiles.Median, power),
                Math.ScaleB(quartiles.Upper, power)
            ),
            Tails = tails,
            Mean = Math.Clamp(Math.ScaleB(mean, power), minimum, maximum),
            StandardDeviation = double.IsFinite(deviation) ? deviation : null,
        };
    }

    /// <summary>The mean, corrected by the mean of the residuals, which removes the rounding of the first.</summary>
    private static double MeanOf(double[] numbers)
    {
        var first = ArrayStatistics.Mean(numbers);
        return first + numbers.Sum(x => x - first) / numbers.Length;
    }

    /// <summary>
    /// The two-pass sum of squares with its correction (Chan, Golub and LeVeque 1983): as many digits of NIST's NumAcc4 as
    /// doubles can hold.
    /// </summary>
    private static double StandardDeviationOf(double[] numbers, double mean)
    {
        var (squares, rest) = (0.0, 0.0);
        foreach (var x in numbers)
        {
            squares += (x - mean) * (x - mean);
            rest += x - mean;
        }

        var n = numbers.Length;
        return Math.Sqrt(Math.Max(0, squares - rest * rest / n) / (n - 1));
    }
}
