using AimmsOrchestrator.Domain.Polling.Lifetimes;

namespace AimmsOrchestrator.Domain.Polling;

/// <summary>
/// When to poll all tasks at once by listing them: the listings until a horizon are planned so that their requests and the
/// lateness of the ends that are expected cost least, and the first of them is made. Planned again after each listing.
/// </summary>
public static class ListingPolicy
{
    /// <summary>Moments of the plan, equally far apart.</summary>
    private const int Moments = 60;

    /// <summary>
    /// The lateness, in listings, that waiting until the horizon would cost: at a constant rate of ends the horizon is the
    /// square root of this number of optimal waits away.
    /// </summary>
    private const double LatenessAtHorizon = 50;

    /// <summary>The shortest wait, in seconds.</summary>
    private const double LeastWait = 0.001;

    /// <summary>The longest wait, in seconds.</summary>
    private const double MostWait = 86_400;

    /// <summary>The highest cost of noticing an end, in seconds: where none is expected, it has no bound.</summary>
    private const double MostCost = 1e9;

    /// <summary>The next listing of some tasks.</summary>
    /// <param name="survival">How long tasks run.</param>
    /// <param name="tasks">The tasks that are not known to have ended; at least one.</param>
    /// <param name="cost">What a listing costs: the price of all its requests; more than zero.</param>
    public static NextListing Next(SurvivalFunction survival, IReadOnlyList<WatchedTask> tasks, TimeSpan cost)
    {
        ArgumentNullException.ThrowIfNull(survival);
        ArgumentNullException.ThrowIfNull(tasks);
        ArgumentOutOfRangeException.ThrowIfZero(tasks.Count, nameof(tasks));
        return Next([new ExpectedEnds(survival, tasks)], cost);
    }

    /// <summary>The next listing of several kinds of tasks.</summary>
    internal static NextListing Next(IReadOnlyList<ExpectedEnds> kinds, TimeSpan cost)
    {
        var ends = new AllEnds(kinds);
        var horizon = Horizon(ends, LatenessAtHorizon * cost.TotalSeconds);
        var (first, second, total) = Plan(ends, horizon, cost.TotalSeconds);
        var wait = Refine(ends, first, second, horizon / Moments);
        var ended = ends.By(horizon).Ended;
        var costPerEnd = ended > 0 ? Math.Min(total / ended, MostCost) : MostCost;
        return new NextListing(TimeSpan.FromSeconds(wait), TimeSpan.FromSeconds(costPerEnd));
    }

    private static double Horizon(AllEnds ends, double lateness)
    {
        var (low, high) = (LeastWait, LeastWait);
        while (high < MostWait && ends.By(high).Lateness < lateness)
        {
            (low, high) = (high, high * 4);
        }

        while (high > low * 1.1)
        {
            var middle = Math.Sqrt(low * high);
            (low, high) = ends.By(middle).Lateness < lateness ? (middle, high) : (low, middle);
        }

        return high;
    }

    /// <summary>The first two listings of the plan, the last of which comes at the horizon, and the cost of the whole.</summary>
    private static (double First, double Second, double Cost) Plan(AllEnds ends, double horizon, double cost)
    {
        var step = horizon / Moments;
        Span<double> ended = stackalloc double[Moments + 1];
        Span<double> lateness = stackalloc double[Moments + 1];
        Span<double> costs = stackalloc double[Moments + 1];
        Span<int> next = stackalloc int[Moments + 1];
        for (var i = 1; i <= Moments; i++)
        {
            (ended[i], lateness[i]) = ends.By(i * step);
        }

        next[Moments] = Moments;
        for (var i = Moments - 1; i >= 0; i--)
        {
            costs[i] = double.PositiveInfinity;
            for (var j = i + 1; j <= Moments; j++)
            {
                var until = cost + lateness[j] - lateness[i] - (ended[i] * (j - i) * step) + costs[j];
                (costs[i], next[i]) = until < costs[i] ? (until, j) : (costs[i], next[i]);
            }
        }

        return (next[0] * step, next[next[0]] * step, costs[0]);
    }

    /// <summary>Between the moments of the plan: the ends until the first listing are noticed that much before the second.</summary>
    private static double Refine(AllEnds ends, double first, double second, double step)
    {
        var best = first;
        var most = ends.By(first).Ended * (second - first);
        for (var width = step / 2; width > step / 200; width /= 2)
        {
            foreach (var wait in (ReadOnlySpan<double>)[best - width, best + width])
            {
                var earlier = ends.By(wait).Ended * (second - wait);
                (best, most) = wait >= LeastWait && earlier > most ? (wait, earlier) : (best, most);
            }
        }

        return Math.Max(best, LeastWait);
    }

    /// <summary>The ends of all kinds of tasks together.</summary>
    private readonly struct AllEnds(IReadOnlyList<ExpectedEnds> kinds)
    {
        public (double Ended, double Lateness) By(double wait)
        {
            var (ended, lateness) = (0.0, 0.0);
            foreach (var kind in kinds)
            {
                var (moreEnded, moreLateness) = kind.By(wait);
                (ended, lateness) = (ended + moreEnded, lateness + moreLateness);
            }

            return (ended, lateness);
        }
    }
}
