namespace AimmsOrchestrator.Domain.Polling.Lifetimes;

/// <summary>
/// Notices that tasks have begun to run longer or shorter than a model says: two cumulative sums (E. Page, "Continuous
/// inspection schemes", Biometrika 41, 1954) of the log-likelihood ratio of a hazard three times as low, or as high. Measured
/// in the model's cumulative hazard, the tasks of any right model end as a Poisson process of rate 1.
/// </summary>
internal sealed class ChangeDetector
{
    private const double Factor = 3;

    /// <summary>A right model is suspected by chance about once in e^8 = 3,000 ended tasks.</summary>
    private const double Threshold = 8;

    /// <summary>One task alone is an outlier, never a change.</summary>
    private const double MostPerTask = 3;

    private (double Sum, int Ended) _longer;
    private (double Sum, int Ended) _shorter;

    /// <summary>Takes in that a task has lived to a cumulative hazard, and whether it ended there.</summary>
    /// <param name="before">The cumulative hazard to which it was known to have lived before; 0 at first.</param>
    /// <param name="hazard">The cumulative hazard to which it is known to have lived now.</param>
    /// <param name="hasEnded">Whether it ended there; otherwise it still ran.</param>
    /// <returns>Null without a change; otherwise how many of the tasks that ended last belong to what is new.</returns>
    public int? Observe(double before, double hazard, bool hasEnded)
    {
        // A task that still runs will count at least as much as if it ended now.
        _longer = Add(_longer, (hasEnded ? Longer(hazard) : AtLeast(hazard)) - AtLeast(before), hasEnded);
        _shorter = hasEnded ? Add(_shorter, Math.Log(Factor) - ((Factor - 1) * hazard), hasEnded) : _shorter;
        var (sum, ended) = _longer.Sum > _shorter.Sum ? _longer : _shorter;
        if (sum < Threshold)
        {
            return null;
        }

        (_longer, _shorter) = (default, default);
        return ended;
    }

    private static double AtLeast(double hazard) => Math.Max(Longer(hazard), 0);

    private static double Longer(double hazard) =>
        Math.Min(hazard, MostPerTask) * (1 - (1 / Factor)) - Math.Log(Factor);

    private static (double Sum, int Ended) Add((double Sum, int Ended) sums, double ratio, bool hasEnded) =>
        sums.Sum + ratio <= 0 ? default : (sums.Sum + ratio, sums.Ended + (hasEnded ? 1 : 0));
}
