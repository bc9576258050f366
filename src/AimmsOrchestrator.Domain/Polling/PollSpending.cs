namespace AimmsOrchestrator.Domain.Polling;

/// <summary>
/// Keeps a budget of polls per run: what was spent beyond it makes further polls dearer, and what was saved makes them
/// cheaper. A stochastic approximation of the price at which the budget is kept (H. Robbins and S. Monro, "A stochastic
/// approximation method", Annals of Mathematical Statistics 22, 1951).
/// </summary>
/// <remarks>
/// The polls of tasks that still run count as well: those that have ended are the shorter ones and took fewer, and the two
/// balance.
/// </remarks>
internal sealed class PollSpending(PollBudget budget)
{
    /// <summary>A debt of the budget of this number of runs makes a poll e times as dear.</summary>
    private const double Patience = 30;

    /// <summary>The highest factor: polls become seldom, never absent.</summary>
    private const double MostDear = 4;

    /// <summary>The lowest factor of single polls.</summary>
    private const double LeastDear = 0.5;

    private double _debt;

    /// <summary>What the price is multiplied by.</summary>
    public double Factor { get; private set; } = 1;

    /// <summary>Polls were made.</summary>
    public void Polled(int requests) => _debt += budget.PollsPerRun is null ? 0 : requests;

    /// <summary>A run's task has ended.</summary>
    public void Ended() => _debt -= budget.PollsPerRun ?? 0;

    /// <summary>Sets the price.</summary>
    /// <param name="requestsPerListing">
    /// How many requests a listing takes; 0 where tasks are polled one by one. Listings of one request take a part of the budget
    /// at the usual price, and more of them would be a waste.
    /// </param>
    public void Review(int requestsPerListing)
    {
        var unit = Patience * (budget.PollsPerRun ?? 1);
        var least = requestsPerListing == 0 ? LeastDear : 1.0 / requestsPerListing;
        _debt = Math.Clamp(_debt, unit * Math.Log(least), unit * Math.Log(MostDear));
        Factor = Math.Exp(_debt / unit);
    }
}
