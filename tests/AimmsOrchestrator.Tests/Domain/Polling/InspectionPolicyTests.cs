using AimmsOrchestrator.Domain.Polling;
using AimmsOrchestrator.Domain.Polling.Lifetimes;

namespace AimmsOrchestrator.Tests.Domain.Polling;

/// <summary>When one task is polled, where theory knows the best ages.</summary>
public sealed class InspectionPolicyTests
{
    /// <summary>
    /// A period t costs (c + t) / (1 - e^(-t/m)) - m per task; its derivative is zero where e^(t/m) - t/m - 1 = c/m.
    /// </summary>
    [Theory]
    [InlineData(60, 0.5, 7.5828)]
    [InlineData(60, 2, 14.8530)]
    [InlineData(60, 10, 31.6047)]
    [InlineData(1.5, 0.1, 0.5163)]
    public void Of_tasks_without_memory_the_polls_are_periodic(double mean, double price, double period)
    {
        Assert.Equal(price / mean, Math.Exp(period / mean) - (period / mean) - 1, 3);

        var policy = InspectionPolicy.Optimal(Exponential.Survival(mean), Price(price));

        foreach (var age in new[] { 0, mean / 10, mean, 3 * mean })
        {
            Assert.Equal(age + period, Next(policy, age), mean / 400);
        }

        var polls = 1 / (1 - Math.Exp(-period / mean));
        Assert.Equal(polls, policy.ExpectedPolls, polls / 200);
        Assert.Equal((polls * (price + period)) - mean, policy.ExpectedCost.TotalSeconds, mean / 500);
    }

    [Fact]
    public void Of_a_task_that_always_takes_a_minute_one_poll_finds_the_end()
    {
        var policy = InspectionPolicy.Optimal(Points(60), Price(2));

        Assert.Equal(60, Next(policy, 0), 0.001);
        Assert.Equal(60, Next(policy, 59), 0.001);
        Assert.Equal(1, policy.ExpectedPolls, 0.001);
        Assert.Equal(2, policy.ExpectedCost.TotalSeconds, 0.001);
    }

    /// <summary>Polls at 1 s and 60 s cost 2 + 2/2; the one poll at 60 s costs 2 + 59/2, or 60 + 59/2 at a high price.</summary>
    [Theory]
    [InlineData(2, 1, 1.5, 3)]
    [InlineData(60, 60, 1, 89.5)]
    public void Of_two_times_both_are_polled_unless_polls_are_dear(
        double price,
        double first,
        double polls,
        double cost
    )
    {
        var policy = InspectionPolicy.Optimal(Points(1, 60), Price(price));

        Assert.Equal(first, Next(policy, 0), 0.001);
        Assert.Equal(60, Next(policy, 1.1), 0.001);
        Assert.Equal(polls, policy.ExpectedPolls, 0.001);
        Assert.Equal(cost, policy.ExpectedCost.TotalSeconds, 0.01);
    }

    /// <summary>A task that is sure to end before 60 s, at any time alike, is polled at 60 s at the latest.</summary>
    [Fact]
    public void Polls_come_closer_where_the_hazard_rises()
    {
        double[] ages = [.. Enumerable.Range(0, 6001).Select(i => i / 100.0)];
        var uniform = new SurvivalFunction(ages, Array.ConvertAll(ages, a => Math.Max(1 - (a / 60), 1e-9)));

        var polls = new List<double> { 0 };
        while (polls[^1] < 60)
        {
            polls.Add(Next(InspectionPolicy.Optimal(uniform, Price(1)), polls[^1]));
        }

        // R. Barlow and F. Proschan, "Mathematical Theory of Reliability", 1965, section 4.3: over [0, T] each interval is
        // shorter than the one before by the price, of n polls with n(n - 1) c / 2 < T: 10 polls, the first after 10.5 s.
        var intervals = polls.Zip(polls.Skip(1), (from, to) => to - from).ToArray();
        Assert.InRange(intervals.Length, 10, 11);
        Assert.Equal(10.5, intervals[0], 0.1);
        Assert.All(intervals.Zip(intervals.Skip(1)), pair => Assert.Equal(1, pair.First - pair.Second, 0.1));
    }

    [Fact]
    public void An_age_beyond_all_that_is_known_is_polled_in_proportion()
    {
        var policy = InspectionPolicy.Optimal(Points(60), Price(2));

        Assert.Equal(1_500_000, Next(policy, 1_000_000), 0.001);
    }

    private static SurvivalFunction Points(params double[] times)
    {
        double[] ages = [0, .. times.SelectMany(t => new[] { t - 0.0001, t }), times[^1] * 2];
        return new SurvivalFunction(
            ages,
            Array.ConvertAll(ages, a => Math.Max(times.Count(t => t > a) / (double)times.Length, 1e-9))
        );
    }

    private static PollPrice Price(double seconds) => new(TimeSpan.FromSeconds(seconds));

    private static double Next(InspectionPolicy policy, double age) =>
        policy.NextPoll(TimeSpan.FromSeconds(age)).TotalSeconds;
}
