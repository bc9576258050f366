using AimmsOrchestrator.Domain.Polling;
using AimmsOrchestrator.Domain.Polling.Lifetimes;

namespace AimmsOrchestrator.Tests.Domain.Polling;

/// <summary>When all tasks are polled at once.</summary>
public sealed class ListingPolicyTests
{
    /// <summary>Ends at a rate r, listings at an interval t cost c/t + r t/2 per second: least where t = √(2c/r).</summary>
    [Theory]
    [InlineData(1000, 60_000, 2)]
    [InlineData(24, 60_000, 0.01)]
    public void Of_steady_ends_the_wait_is_the_square_root_of_twice_the_price_by_the_rate(
        int tasks,
        double mean,
        double price
    )
    {
        var rate = tasks / mean;

        var next = Next(Exponential.Survival(mean), Enumerable.Repeat(0.0, tasks), price);

        Assert.Equal(Math.Sqrt(2 * price / rate), next.Wait.TotalSeconds, 0.1 * Math.Sqrt(2 * price / rate));
        Assert.Equal(Math.Sqrt(2 * price / rate), next.CostPerEnd.TotalSeconds, 0.1 * Math.Sqrt(2 * price / rate));
    }

    [Fact]
    public void Tasks_that_end_together_are_listed_then()
    {
        var next = Next(Constant, Enumerable.Repeat(40.0, 24), 2);

        Assert.Equal(20, next.Wait.TotalSeconds, 0.1);
    }

    /// <summary>Ends at 10, 20, 30 ... s from now: per end a listing at each costs c, at every other (c + 10) / 2, at every third (c + 30) / 3.</summary>
    [Theory]
    [InlineData(2, 10)]
    [InlineData(12, 20)]
    public void Ends_at_known_times_are_listed_together_where_a_listing_is_dearer_than_their_lateness(
        double price,
        double wait
    )
    {
        var next = Next(Constant, [50, 40, 30, 20, 10, 0], price);

        Assert.Equal(wait, next.Wait.TotalSeconds, 0.2);
    }

    [Fact]
    public void A_task_that_must_have_ended_is_listed_at_once_though_the_others_take_long()
    {
        var tasks = Enumerable.Repeat(new WatchedTask(TimeSpan.Zero, TimeSpan.Zero), 23).Append(Ended).ToArray();

        var next = ListingPolicy.Next(Constant, tasks, TimeSpan.FromSeconds(2));

        Assert.InRange(next.Wait.TotalSeconds, 0.0005, 2);
    }

    private static WatchedTask Ended => new(TimeSpan.FromSeconds(61), TimeSpan.FromSeconds(30));

    private static SurvivalFunction Constant { get; } = new([0, 59.9999, 60, 120], [1, 1, 1e-9, 1e-9]);

    private static NextListing Next(SurvivalFunction survival, IEnumerable<double> ages, double price) =>
        ListingPolicy.Next(
            survival,
            [.. ages.Select(a => new WatchedTask(TimeSpan.FromSeconds(a), TimeSpan.FromSeconds(a)))],
            TimeSpan.FromSeconds(price)
        );
}
