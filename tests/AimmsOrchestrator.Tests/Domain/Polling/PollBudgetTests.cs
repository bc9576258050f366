using AimmsOrchestrator.Domain.Polling;
using AimmsOrchestrator.Domain.Polling.Lifetimes;

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
        var budget = PollBudget.PerRun(polls);

        Assert.Equal(
            price,
            budget.PriceFor(Exponential.Survival(60), TimeSpan.FromSeconds(60)).PerRequest.TotalSeconds,
            price * 0.05
        );
    }

    /// <summary>Every task takes 60 s: one poll finds each of them at any price, and 5 polls without memory cost m (1/4 - ln 5/4).</summary>
    [Fact]
    public void Of_tasks_that_take_the_same_time_the_price_is_that_of_tasks_without_memory()
    {
        var model = new LifetimeModel(Enumerable.Repeat(TimeSpan.FromSeconds(60), 300));

        Assert.Equal(
            60 * 0.0269,
            PollBudget.PerRun(5).PriceFor(model.Survival, TimeSpan.FromSeconds(60)).PerRequest.TotalSeconds,
            60 * 0.003
        );
    }

    [Fact]
    public void A_price_does_not_depend_on_the_tasks() =>
        Assert.Equal(
            2,
            PollBudget
                .Worth(TimeSpan.FromSeconds(2))
                .PriceFor(Exponential.Survival(60), TimeSpan.FromSeconds(60))
                .PerRequest.TotalSeconds
        );

    [Fact]
    public void A_budget_of_one_poll_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => PollBudget.PerRun(1));
}
