using AimmsOrchestrator.Domain.Polling;

namespace AimmsOrchestrator.Tests.Domain.Polling;

/// <summary>Polls per run as a price.</summary>
public sealed class PollBudgetTests
{
    /// <summary>
    /// Without memory n polls per run mean a period t with 1 - e^(-t/m) = 1/n, and the price m (e^(t/m) - t/m - 1): for two
    /// polls t = m ln 2, c = m (1 - ln 2).
    /// </summary>
    [Theory]
    [InlineData(2, 60 * 0.306853)]
    [InlineData(12, 60 * 0.003898)]
    public void Of_tasks_without_memory_the_price_is_that_of_their_period(double polls, double price)
    {
        var budget = new PollBudget(polls);

        Assert.Equal(price, budget.Price(Exponential.Survival(60)).PerRequest.TotalSeconds, price * 0.05);
    }

    [Fact]
    public void A_budget_below_one_poll_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new PollBudget(0.9));
}
