namespace AimmsOrchestrator.Domain.Polling.Lifetimes;

/// <summary>
/// How far each sample is smeared, in log time: as far as its nearest neighbours reach. So two peaks stay two, equal times
/// stay one, and a long tail is smooth (D. Loftsgaarden and C. Quesenberry, "A nonparametric estimate of a multivariate
/// density function", Annals of Mathematical Statistics 36, 1965).
/// </summary>
internal static class Bandwidths
{
    /// <summary>No sample says anything of times that are further away.</summary>
    private const double Most = 1;

    /// <summary>Times closer than this are equal to a poll.</summary>
    private const double Least = 2e-4;

    /// <summary>Per sample its half width.</summary>
    /// <param name="logs">The logarithms of the samples, ascending.</param>
    public static double[] Of(ReadOnlySpan<double> logs)
    {
        var neighbours = Math.Min((int)Math.Ceiling(0.5 * Math.Pow(logs.Length, 0.8)), logs.Length - 1);

        // A few equal times may be equal by chance.
        var least = Math.Max(Least, 0.5 / ((double)logs.Length * logs.Length));
        var widths = new double[logs.Length];
        for (int i = 0, from = 0; i < logs.Length; i++)
        {
            from = Math.Max(from, i - neighbours);
            while (
                from < i
                && from + neighbours + 1 < logs.Length
                && logs[from + neighbours + 1] - logs[i] < logs[i] - logs[from]
            )
            {
                from++;
            }

            var distance = Math.Max(logs[i] - logs[from], logs[from + neighbours] - logs[i]);
            widths[i] = Math.Clamp(distance, least, Most);
        }

        return widths;
    }
}
