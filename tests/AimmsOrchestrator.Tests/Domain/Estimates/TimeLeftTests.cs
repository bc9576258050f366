using AimmsOrchestrator.Domain.Estimates;
using AimmsOrchestrator.Domain.Progress;
using AimmsOrchestrator.Domain.Runs;

namespace AimmsOrchestrator.Tests.Domain.Estimates;

/// <summary>How long the rest takes, and how sure that is.</summary>
public sealed class TimeLeftTests
{
    /// <summary>The bounds are Garwood's exact ones for a Poisson mean, half the quantiles of chi-squared with 2n and 2n + 2 degrees of freedom.</summary>
    [Theory]
    [InlineData(1, 0.105, 3.890)]
    [InlineData(5, 2.433, 9.275)]
    [InlineData(10, 6.221, 15.407)]
    [InlineData(100, 87.42, 114.07)]
    public void Its_bounds_are_those_of_the_rate_four_times_in_five(int ended, double fewest, double most)
    {
        var left = TimeLeft.Estimate(left: 1000, ended, TimeSpan.FromSeconds(1));

        Assert.Equal(1000.0 / ended, left.Likely.TotalSeconds, 5);
        Assert.Equal(1, 1000 / most / left.Least.TotalSeconds, 0.01);
        Assert.Equal(1, 1000 / fewest / left.Most.TotalSeconds, 0.07);
    }

    [Fact]
    public void The_rate_is_that_of_the_last_minute_and_a_half()
    {
        var meter = new RateMeter();
        Assert.Equal((null, null), meter.Sample(TimeSpan.Zero, 100, 900));
        Assert.Equal(60, meter.Sample(TimeSpan.FromSeconds(60), 160, 840).PerMinute);

        for (var second = 61; second <= 200; second++)
        {
            meter.Sample(TimeSpan.FromSeconds(second), 160 + ((second - 60) * 2), 500);
        }

        Assert.Equal(120, meter.Sample(TimeSpan.FromSeconds(200), 440, 560).PerMinute!.Value, 1);
        Assert.Null(meter.Sample(TimeSpan.FromSeconds(201), 442, left: null).Left);
    }

    [Fact]
    public void Runs_of_minutes_have_a_rate_at_any_time_between_two_ends()
    {
        var meter = new RateMeter();
        for (var minute = 0; minute <= 60; minute++)
        {
            meter.Sample(TimeSpan.FromMinutes(minute), minute / 5, left: 100);
        }

        var (rate, left) = meter.Sample(TimeSpan.FromMinutes(64), 12, left: 100);

        // Ten ends in the 54 minutes since the second one.
        Assert.Equal(10 / 54.0, rate!.Value, 6);
        Assert.Equal(540, left!.Likely.TotalMinutes, 6);
    }

    [Fact]
    public void A_burst_of_ends_says_nothing_of_the_rest()
    {
        var meter = new RateMeter();
        meter.Sample(TimeSpan.Zero, ended: 0, left: 1100);
        meter.Sample(TimeSpan.FromSeconds(2), ended: 900, left: 200);
        for (var minute = 10; minute <= 30; minute += 10)
        {
            meter.Sample(TimeSpan.FromMinutes(minute), ended: 900 + minute / 10, left: 200 - minute / 10);
        }

        var (rate, left) = meter.Sample(TimeSpan.FromMinutes(30), ended: 903, left: 197);

        // One every ten minutes.
        Assert.Equal(0.1, rate!.Value, 0.001);
        Assert.True(left!.Likely > TimeSpan.FromHours(30));
    }

    [Fact]
    public void Runs_that_took_over_an_answer_are_no_part_of_the_rate()
    {
        var meter = new ProgressMeter(total: 100, StateCounts.None);
        meter.Snapshot(TimeSpan.Zero);
        for (var run = 0; run < 90; run++)
        {
            meter.Moved(RunState.Pending, RunState.Completed);
        }

        meter.Moved(null, RunState.Completed);
        Assert.Null(meter.Snapshot(TimeSpan.FromMinutes(1)).EndedPerMinute);

        meter.Moved(RunState.Pending, RunState.Queued);
        meter.Moved(RunState.Queued, RunState.Completed);
        var progress = meter.Snapshot(TimeSpan.FromMinutes(2));
        Assert.Equal(0.5, progress.EndedPerMinute);
        Assert.Equal(16, progress.TimeLeft!.Likely.TotalMinutes, 6);
    }
}
