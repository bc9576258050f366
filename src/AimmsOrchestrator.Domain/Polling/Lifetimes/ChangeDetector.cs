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

    /// <summary>The cumulative hazard that running tasks have lived to, added up; now, and when the second sum began.</summary>
    private double _running;
    private double _runningBefore;

    /// <summary>Takes in that a task has lived to a cumulative hazard, and whether it ended there.</summary>
    /// <param name="before">The cumulative hazard to which it was known to have lived before; 0 at first.</param>
    /// <param name="hazard">The cumulative hazard to which it is known to have lived now.</param>
    /// <param name="hasEnded">Whether it ended there; otherwise it still ran.</param>
    /// <returns>Null without a change; otherwise how many of the tasks that ended last belong to what is new.</returns>
    public int? Observe(double before, double hazard, bool hasEnded)
    {
        var running = _running;
        _running += (hasEnded ? 0 : hazard) - before;

        // A task that still runs will count at least as much as if it ended now.
        _longer = Add(_longer, (hasEnded ? Longer(hazard) : AtLeast(hazard)) - AtLeast(before), hasEnded);
        if (hasEnded)
        {
            _runningBefore = _shorter.Sum > 0 ? _runningBefore : running;
            _shorter = Add(_shorter, Math.Log(Factor) - ((Factor - 1) * hazard), hasEnded);
        }

        // Where short tasks end first, the long ones are still running.
        var shorter = _shorter.Sum - ((Factor - 1) * Math.Max(_running - _runningBefore, 0));
        var (sum, ended) = _longer.Sum > shorter ? _longer : (shorter, _shorter.Ended);
        if (sum < Threshold)
        {
            return null;
        }

        (_longer, _shorter) = (default, default);
        return ended;
    }

    /// <summary>The model is a new one.</summary>
    /// <param name="running">In its cumulative hazard, how long the running tasks were seen running, added up.</param>
    public void Rebase(double running)
    {
        _runningBefore += running - _running;
        _running = running;
    }

    private static double AtLeast(double hazard) => Math.Max(Longer(hazard), 0);

    private static double Longer(double hazard) =>
        Math.Min(hazard, MostPerTask) * (1 - (1 / Factor)) - Math.Log(Factor);

    private static (double Sum, int Ended) Add((double Sum, int Ended) sums, double ratio, bool hasEnded) =>
        sums.Sum + ratio <= 0 ? default : (sums.Sum + ratio, sums.Ended + (hasEnded ? 1 : 0));
}
