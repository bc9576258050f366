using AimmsOrchestrator.Domain.Polling;

namespace AimmsOrchestrator.Tests.Domain.Polling;

/// <summary>What is learned from polls, and what follows for the next ones.</summary>
public sealed class PollPlannerTests
{
    private static readonly PollPrice Price = new(TimeSpan.FromSeconds(2));

    [Fact]
    public void While_nothing_is_known_the_waits_grow_with_the_age_but_more_slowly()
    {
        var policy = new PollPlanner().Policy(Price);
        var ages = new List<double> { 0 };
        while (ages[^1] < 600)
        {
            ages.Add(policy.NextPoll(TimeSpan.FromSeconds(ages[^1])).TotalSeconds);
        }

        var waits = ages.Zip(ages.Skip(1), (from, to) => to - from).ToArray();
        Assert.InRange(waits[0], 0.5, 5);
        Assert.All(waits.Zip(waits.Skip(1)), pair => Assert.InRange(pair.Second / pair.First, 0.8, 3));
        Assert.All(ages.Zip(ages.Skip(1)).Where(p => p.First > 20), p => Assert.InRange(p.Second / p.First, 1, 1.6));
    }

    [Fact]
    public void Tasks_that_take_a_minute_are_polled_once_as_soon_as_a_few_have_ended()
    {
        var planner = new PollPlanner();
        for (var task = 0; task < 20; task++)
        {
            planner.Ended(TimeSpan.Zero, TimeSpan.FromMinutes(1));
            planner.Learn([]);
        }

        Assert.InRange(planner.Policy(Price).NextPoll(TimeSpan.Zero).TotalSeconds, 60, 60.2);
    }

    [Fact]
    public void Durations_of_earlier_batches_are_a_start()
    {
        var planner = new PollPlanner(Enumerable.Repeat(TimeSpan.FromMinutes(1), 20));

        Assert.InRange(planner.Policy(Price).NextPoll(TimeSpan.Zero).TotalSeconds, 60, 60.2);
    }

    [Fact]
    public void Plans_change_once_enough_was_observed()
    {
        var planner = new PollPlanner(Exponential.Sample(60, 200));
        var before = planner.Policy(Price);
        var learned = 0;
        foreach (var duration in Exponential.Sample(60, 11))
        {
            planner.Ended(TimeSpan.Zero, duration);
            learned += planner.Learn([]) ? 1 : 0;
        }

        Assert.Equal(1, learned);
        Assert.NotSame(before, planner.Policy(Price));
        Assert.Same(planner.Policy(Price), planner.Policy(Price));
    }

    /// <summary>A listing of 24 tasks without memory comes √24 times as often as the polls of one of them.</summary>
    [Fact]
    public void A_listing_of_many_tasks_costs_less_per_end_than_their_polls_and_one_of_many_pages_more()
    {
        var planner = new PollPlanner(Exponential.Sample(60, 300));
        var tasks = Enumerable.Repeat(new WatchedTask(TimeSpan.FromSeconds(9), TimeSpan.FromSeconds(9)), 24).ToArray();
        var single = planner.Policy(Price).ExpectedCost;

        Assert.InRange(planner.Listing(tasks, Price).CostPerEnd / single, 0.1, 0.4);
        Assert.True(planner.Listing(tasks, Price, 100).CostPerEnd > single);
    }
}
