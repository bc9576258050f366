using AimmsOrchestrator.Domain.Policies;

namespace AimmsOrchestrator.Tests.Domain.Policies;

public sealed class FailureBudgetTests
{
    [Theory]
    [InlineData(4, 100, false)]
    [InlineData(5, 100, true)]
    [InlineData(5, 20, true)]
    [InlineData(5, 19, false)]
    public void A_number_of_failures_stops_the_batch_once_twenty_runs_have_ended(long failed, long ended, bool stops) =>
        Assert.Equal(stops, new FailureBudget(5, null).ReasonToStop(failed, ended) is not null);

    [Theory]
    [InlineData(0, 20, false)]
    [InlineData(1, 20, true)]
    [InlineData(1, 21, false)]
    [InlineData(2, 40, true)]
    [InlineData(1, 2, false)]
    public void A_share_is_one_of_the_runs_that_have_ended(long failed, long ended, bool stops) =>
        Assert.Equal(stops, new FailureBudget(null, 0.05).ReasonToStop(failed, ended) is not null);

    [Fact]
    public void The_reason_says_what_the_scenario_says() =>
        Assert.Equal(
            "2 of 40 runs failed, and stop.failures is 5%",
            new FailureBudget(null, 0.05).ReasonToStop(failed: 2, ended: 40)
        );
}
