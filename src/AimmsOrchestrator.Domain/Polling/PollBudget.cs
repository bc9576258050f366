using AimmsOrchestrator.Domain.Polling.Lifetimes;

namespace AimmsOrchestrator.Domain.Polling;

/// <summary>What polls may cost: about how many a run may take, or what a request is worth. Submit and response are not counted.</summary>
public sealed record PollBudget
{
    /// <summary>A run takes more polls than this: one has to find the end, and it never comes at the very moment.</summary>
    public const double FewestPolls = 1;

    /// <summary>The lowest price, in seconds; below it polls would follow each other without a pause.</summary>
    private const double Least = 1e-4;

    /// <summary>The highest price, in seconds: at it, one poll finds hardly any task running.</summary>
    private const double Most = 1e7;

    private PollBudget() { }

    /// <summary>5 polls per run where each run is polled by itself; listings take far fewer at the same price.</summary>
    public static PollBudget Default { get; } = PerRun(5);

    /// <summary>About how many polls a run may take on average; null where a request has a price instead.</summary>
    public double? PollsPerRun { get; private init; }

    /// <summary>What a request is worth; null where the number of polls is given.</summary>
    public PollPrice? Price { get; private init; }

    /// <summary>About this number of polls per run.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not more than <see cref="FewestPolls"/>.</exception>
    public static PollBudget PerRun(double polls)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(polls, FewestPolls);
        return new PollBudget { PollsPerRun = polls };
    }

    /// <summary>A request is worth this much lateness; more than zero.</summary>
    public static PollBudget Worth(TimeSpan lateness) => new() { Price = new PollPrice(lateness) };

    /// <summary>
    /// The price at which the budget is kept: the lowest one at which single polls of these tasks do, but not less than
    /// <see cref="PriceFor(TimeSpan)"/>. Tasks that all take the same time need one poll at any price, and the lowest would have
    /// the list asked without a pause.
    /// </summary>
    /// <param name="survival">How long tasks take.</param>
    /// <param name="mean">How long they take on average.</param>
    public PollPrice PriceFor(SurvivalFunction survival, TimeSpan mean)
    {
        ArgumentNullException.ThrowIfNull(survival);
        var least = PriceFor(mean);
        return Price is not null || Keeps(survival, least) ? least : Bisect(survival, least);
    }

    /// <summary>The price at which the budget is kept for tasks without memory: all that can be said where little is known.</summary>
    /// <param name="mean">How long they take on average.</param>
    public PollPrice PriceFor(TimeSpan mean) =>
        Price ?? Of(Math.Clamp(WithoutMemory(PollsPerRun!.Value) * mean.TotalSeconds, Least, Most));

    /// <summary>
    /// The price, in mean run times, at which tasks without memory are polled n times: each poll finds the end with the
    /// probability 1 - e^(-t) = 1 / n, and the period t is optimal at the price e^t - t - 1.
    /// </summary>
    private static double WithoutMemory(double polls)
    {
        var period = -Math.Log(1 - (1 / polls));
        return Math.Exp(period) - period - 1;
    }

    /// <summary>The lowest price that keeps the budget, to one per cent.</summary>
    private PollPrice Bisect(SurvivalFunction survival, PollPrice least)
    {
        var (low, high) = (least.PerRequest.TotalSeconds, Most);
        while (high > low * 1.01)
        {
            var middle = Math.Sqrt(low * high);
            (low, high) = Keeps(survival, Of(middle)) ? (low, middle) : (middle, high);
        }

        return Of(high);
    }

    private bool Keeps(SurvivalFunction survival, PollPrice price) =>
        InspectionPolicy.Optimal(survival, price).ExpectedPolls <= PollsPerRun;

    private static PollPrice Of(double seconds) => new(TimeSpan.FromSeconds(seconds));
}
