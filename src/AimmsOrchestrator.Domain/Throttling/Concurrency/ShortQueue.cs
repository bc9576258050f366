namespace AimmsOrchestrator.Domain.Throttling.Concurrency;

/// <summary>
/// How many own tasks should wait at the service, so that a place which becomes free is taken at once although its end is
/// noticed late. Ends that are not noticed yet are nearly Poisson; a place is idle where there are more of them than tasks
/// that wait.
/// </summary>
internal static class ShortQueue
{
    /// <summary>Colleagues wait behind these tasks.</summary>
    public const int Most = 3;

    /// <summary>The share of the places that may be idle for want of a waiting task.</summary>
    private const double MostIdle = 0.01;

    /// <param name="places">How many tasks run together.</param>
    /// <param name="lateness">From a task's end until the service has the next one.</param>
    /// <param name="run">The mean run time.</param>
    public static int Length(int places, TimeSpan lateness, TimeSpan run)
    {
        if (run <= TimeSpan.Zero)
        {
            return 1;
        }

        var unnoticed = places * lateness / run;
        for (var length = 1; length < Most; length++)
        {
            if (Excess(unnoticed, length) <= MostIdle * places)
            {
                return length;
            }
        }

        return Most;
    }

    /// <summary>By how much a Poisson number exceeds a bound, on average.</summary>
    private static double Excess(double mean, int bound)
    {
        var (excess, probability) = (mean - bound, Math.Exp(-mean));
        for (var n = 0; n < bound; n++)
        {
            excess += (bound - n) * probability;
            probability *= mean / (n + 1);
        }

        return excess;
    }
}
