using AimmsOrchestrator.Domain.Throttling;

namespace AimmsOrchestrator.Tests.Domain.Throttling;

/// <summary>A rate under another one, whatever the moment.</summary>
public sealed class RateTests
{
    /// <summary>Each by hand: the most uses of the first that fit into one period of the second.</summary>
    [Theory]
    [InlineData(30, 60, 30, 60, true)]
    [InlineData(31, 60, 30, 60, false)]
    [InlineData(100, 3600, 30, 60, false)] // all hundred in one minute
    [InlineData(20, 3600, 30, 60, true)]
    [InlineData(1, 1, 60, 60, true)] // sixty seconds of one each
    [InlineData(1, 1, 59, 60, false)]
    [InlineData(7, 60, 10, 90, false)] // fourteen within ninety seconds
    public void A_rate_keeps_within_another_where_no_stretch_of_time_exceeds_it(
        int count,
        int period,
        int most,
        int mostPeriod,
        bool keeps
    ) =>
        Assert.Equal(
            keeps,
            new Rate(count, TimeSpan.FromSeconds(period)).KeepsWithin(new Rate(most, TimeSpan.FromSeconds(mostPeriod)))
        );
}
