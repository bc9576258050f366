using AimmsOrchestrator.Domain.Estimates;
using AimmsOrchestrator.Domain.Throttling;

namespace AimmsOrchestrator.Tests.Domain.Estimates;

public sealed class MakespanEstimateTests
{
    private readonly Limits _four = new() { MaxUnfinishedTasks = 4 };
    private ulong _state = 1;

    /// <summary>Runs that all take a minute, four at a time: as many minutes as there are rows of four.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(4, 1)]
    [InlineData(5, 2)]
    [InlineData(120, 30)]
    [InlineData(10_000_000, 2_500_000)]
    public void Runs_that_take_alike_fill_the_places_row_by_row(long runs, double minutes)
    {
        var estimate = MakespanEstimate.Simulate([TimeSpan.FromMinutes(1)], runs, _four, Chance);

        Assert.Equal(minutes, estimate.Median.TotalMinutes, 6);
        Assert.Equal(minutes, estimate.NinetiethPercentile.TotalMinutes, 6);
    }

    [Fact]
    public void Submits_that_come_slowly_are_what_it_takes()
    {
        var limits = new Limits { MaxUnfinishedTasks = 100, Submits = new Rate(30, TimeSpan.FromMinutes(1)) };

        var estimate = MakespanEstimate.Simulate([TimeSpan.FromSeconds(10)], 61, limits, Chance);

        Assert.Equal(60 * 2 + 10, estimate.Median.TotalSeconds, 6);
    }

    /// <summary>One slot: the sum of 400 draws from {10 s, 20 s}, whose mean is 15 s and whose deviation is 5 s.</summary>
    [Fact]
    public void The_estimate_of_a_sum_lies_where_the_central_limit_theorem_has_it()
    {
        var history = Enumerable.Range(0, 1000).Select(i => TimeSpan.FromSeconds(i % 2 == 0 ? 10 : 20)).ToList();

        var estimate = MakespanEstimate.Simulate(history, 400, new Limits { MaxUnfinishedTasks = 1 }, Chance);

        // The sum's deviation is 5 s × √400 = 100 s; the resampled history's mean adds 400 × 5 s / √1000 = 63 s.
        Assert.InRange(estimate.Median.TotalSeconds, 6000 - 40, 6000 + 40);
        Assert.InRange(estimate.NinetiethPercentile.TotalSeconds, 6000 + 90, 6000 + 220);
    }

    /// <summary>A Lehmer generator: any chance will do, the same one each time.</summary>
    private double Chance()
    {
        _state = _state * 48271 % 2147483647;
        return _state / 2147483647.0;
    }
}
