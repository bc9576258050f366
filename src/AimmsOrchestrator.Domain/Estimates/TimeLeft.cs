namespace AimmsOrchestrator.Domain.Estimates;

/// <summary>How long the rest of a batch takes at its recent rate, and how sure that is.</summary>
/// <param name="Likely">At the rate that was seen.</param>
/// <param name="Least">At the highest rate that goes with what was seen.</param>
/// <param name="Most">At the lowest rate that goes with what was seen.</param>
public sealed record TimeLeft(TimeSpan Likely, TimeSpan Least, TimeSpan Most)
{
    /// <summary>Four times in five the rate lies between the two bounds: the standard normal's 90 % quantile.</summary>
    private const double Quantile = 1.2816;

    /// <summary>
    /// What is left after some runs ended: their number is taken for a Poisson variable, with Byar's approximation of the
    /// exact bounds for its mean (N. Breslow and N. Day, "Statistical Methods in Cancer Research", vol. II, 1987, p. 69).
    /// </summary>
    /// <param name="left">Runs that have not ended.</param>
    /// <param name="ended">Runs that ended lately; at least 1.</param>
    /// <param name="during">Over how long; more than zero.</param>
    public static TimeLeft Estimate(long left, long ended, TimeSpan during)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ended, 1);
        var fewest = ended * Cube(1 - (1 / (9.0 * ended)) - (Quantile / (3 * Math.Sqrt(ended))));
        var more = ended + 1.0;
        var most = more * Cube(1 - (1 / (9 * more)) + (Quantile / (3 * Math.Sqrt(more))));
        return new TimeLeft(At(ended), At(most), At(fewest));

        TimeSpan At(double count) => during * (left / count);
    }

    private static double Cube(double x) => x * x * x;
}
