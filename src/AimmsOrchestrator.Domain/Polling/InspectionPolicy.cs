using AimmsOrchestrator.Domain.Polling.Lifetimes;

namespace AimmsOrchestrator.Domain.Polling;

/// <summary>
/// When to poll one task so that the requests, at their price, and the lateness of noticing its end cost least together:
/// the optimal inspection policy (R. Barlow, L. Hunter and F. Proschan, "Optimum checking procedures", SIAM Journal 11,
/// 1963). Where the hazard h is smooth, polls come at a density of about √(h / 2c) (J. Keller, "Optimum checking schedules
/// for systems subject to random failure", Management Science 21, 1974), c being the price.
/// </summary>
public sealed class InspectionPolicy
{
    /// <summary>The shortest wait, in seconds.</summary>
    private const double LeastWait = 0.001;

    private readonly SurvivalFunction _survival;
    private readonly double[] _costs;
    private readonly int[] _next;

    private InspectionPolicy(SurvivalFunction survival, double[] costs, int[] next, double polls)
    {
        _survival = survival;
        _costs = costs;
        _next = next;
        ExpectedPolls = polls;
    }

    /// <summary>How many polls a task should take from its start to the poll that finds it ended.</summary>
    public double ExpectedPolls { get; }

    /// <summary>What a task should cost from its start on: polls at their price and lateness.</summary>
    public TimeSpan ExpectedCost => TimeSpan.FromSeconds(_costs[0]);

    /// <summary>The policy of least expected cost, over polls at the ages of the survival function's table.</summary>
    /// <param name="survival">How long tasks run.</param>
    /// <param name="price">What a poll costs.</param>
    /// <remarks>
    /// A task that runs at age a and is polled next at x costs, times its survival S(a): c S(a) + (x - a) S(a) - (M(x) - M(a))
    /// + W(x), where M is the integral of S, and W(x) the cost from x on times S(x). In x these are values at S(a) of lines
    /// with slope x, so that backwards through the ages each best x comes from the lines' lower envelope.
    /// </remarks>
    public static InspectionPolicy Optimal(SurvivalFunction survival, PollPrice price)
    {
        ArgumentNullException.ThrowIfNull(survival);
        var ages = survival.Ages;
        var alive = survival.Values;
        var means = survival.RestrictedMeans;
        var cost = price.PerRequest.TotalSeconds;
        var costs = new double[ages.Length];
        var polls = new double[ages.Length];
        var next = new int[ages.Length];
        var later = new LineEnvelope(ages.Length);
        var last = ages.Length - 1;
        next[last] = last;
        for (var i = last - 1; i >= 0; i--)
        {
            later.Add(ages[i + 1], costs[i + 1] - means[i + 1], i + 1);
            var best = next[i] = later.LeastAt(alive[i]);
            costs[i] = ((cost + ages[best] - ages[i]) * alive[i]) - means[best] + means[i] + costs[best];
            polls[i] = alive[i] + polls[best];
        }

        return new InspectionPolicy(survival, costs, next, polls[0]);
    }

    /// <summary>The age at which a task is to be polled next; more than the age that is given.</summary>
    /// <param name="seenRunning">The age at which it was last seen running; 0 at its start.</param>
    public TimeSpan NextPoll(TimeSpan seenRunning) =>
        TimeSpan.FromSeconds(Math.Min(NextPoll(seenRunning.TotalSeconds), TimeSpan.MaxValue.TotalSeconds / 2));

    internal double NextPoll(double age)
    {
        var ages = _survival.Ages;
        if (age >= ages[^2])
        {
            return age * 1.5;
        }

        // The best age never falls with the age seen: it lies between those of the ages of the table before and after.
        var (index, _) = _survival.Locate(age);
        var alive = _survival.At(age);
        var (best, least) = (0, double.PositiveInfinity);
        for (var x = Math.Max(_next[index], index + 1); x <= _next[index + 1]; x++)
        {
            var value = (alive * ages[x]) - _survival.RestrictedMeans[x] + _costs[x];
            if (value < least)
            {
                (best, least) = (x, value);
            }
        }

        return Math.Max(ages[best], age + LeastWait);
    }
}
