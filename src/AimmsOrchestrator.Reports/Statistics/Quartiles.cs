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
    internal static Quartiles Of(double[] ascending)
    {
        // Interpolation rounds, and may leave the interval by its last digit.
        double At(double p) =>
            Math.Clamp(
                SortedArrayStatistics.QuantileCustom(ascending, p, QuantileDefinition.R7),
                ascending[0],
                ascending[^1]
            );
        return new Quartiles(At(0.25), At(0.5), At(0.75));
    }
}
