using MathNet.Numerics.Statistics;

namespace AimmsOrchestrator.Reports.Statistics;

/// <summary>The quartiles of a set of numbers.</summary>
/// <param name="Lower">The lower quartile.</param>
/// <param name="Median">The median.</param>
/// <param name="Upper">The upper quartile.</param>
internal sealed record Quartiles(double Lower, double Median, double Upper)
{
    /// <summary>How they are computed, for the reader of a report.</summary>
    public const string Definition =
        "Quartiles interpolate linearly between the values at rank 1 + (n − 1)·p, which is type 7 of Hyndman and Fan (1996), as spreadsheets have it.";

    /// <summary>The quartiles of numbers in ascending order; there must be one.</summary>
    internal static Quartiles Of(double[] ascending) =>
        new(At(ascending, 0.25), At(ascending, 0.5), At(ascending, 0.75));

    /// <summary>The quantile of numbers in ascending order, by the same definition.</summary>
    /// <param name="ascending">One number or more.</param>
    /// <param name="p">From 0 to 1.</param>
    internal static double At(double[] ascending, double p) =>
        // Interpolation rounds, and may leave the interval by its last digit.
        Math.Clamp(
            SortedArrayStatistics.QuantileCustom(ascending, p, QuantileDefinition.R7),
            ascending[0],
            ascending[^1]
        );
}
