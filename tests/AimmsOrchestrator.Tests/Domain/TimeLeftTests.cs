using AimmsOrchestrator.Domain.Progress;

namespace AimmsOrchestrator.Tests.Domain;

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
        var left = TimeLeft.Of(left: 1000, ended, TimeSpan.FromSeconds(1));

        Assert.Equal(1000.0 / ended, left.Likely.TotalSeconds, 5);
        Assert.Equal(1, 1000 / most / left.Least.TotalSeconds, 0.01);
        Assert.Equal(1, 1000 / fewest / left.Most.TotalSeconds, 0.07);
    }

    [Fact]
    public void The_rate_is_that_of_the_last_minute_and_a_half()
    {
        var meter = new RateMeter();
        Assert.Equal((null, null), meter.Sample(TimeSpan.Zero, 100, 1000));
        Assert.Equal(60, meter.Sample(TimeSpan.FromSeconds(60), 160, 1000).PerMinute);

        for (var second = 61; second <= 200; second++)
        {
            meter.Sample(TimeSpan.FromSeconds(second), 160 + ((second - 60) * 2), 1000);
        }

        Assert.Equal(120, meter.Sample(TimeSpan.FromSeconds(200), 440, 1000).PerMinute!.Value, 1);
        Assert.Null(meter.Sample(TimeSpan.FromSeconds(201), 442, total: null).Left);
    }
}
