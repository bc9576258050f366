using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Domain.Throttling;

namespace AimmsOrchestrator.Tests.Domain.Throttling;

/// <summary>When the service counts as away, and when as back.</summary>
public sealed class ServiceHealthTests
{
    private static readonly ServiceFault Outage = new(FaultKind.Unreachable, "connection refused");

    private readonly ServiceHealth _health = new(new CircuitBreaker(patience: 3));

    [Fact]
    public void A_few_requests_that_fail_change_nothing_and_more_of_them_are_an_outage()
    {
        _health.Report(outage: null, isProbe: false, TimeSpan.Zero);
        for (var request = 1; request < CircuitBreaker.Threshold; request++)
        {
            Assert.Null(Fail());
        }

        Assert.Equal(new HealthChange.Away(TimeSpan.FromSeconds(1), "connection refused"), Fail());
        Assert.True(_health.IsAway);
    }

    [Fact]
    public void While_the_service_is_away_only_a_failed_probe_says_something_new()
    {
        Away();

        Assert.Null(Fail());
        Assert.Equal(new HealthChange.Away(TimeSpan.FromSeconds(2), "connection refused"), Fail(isProbe: true));
    }

    [Fact]
    public void The_first_answer_brings_the_service_back_once()
    {
        Away();

        Assert.IsType<HealthChange.Back>(_health.Report(outage: null, isProbe: false, TimeSpan.Zero));
        Assert.False(_health.IsAway);
        Assert.Null(_health.Report(outage: null, isProbe: true, TimeSpan.Zero));
    }

    [Fact]
    public void A_service_that_never_answered_is_given_up()
    {
        Fail();
        Fail();

        Assert.Equal(new HealthChange.NeverReachable(Outage), Fail());
    }

    private void Away()
    {
        _health.Report(outage: null, isProbe: false, TimeSpan.Zero);
        for (var request = 0; request < CircuitBreaker.Threshold; request++)
        {
            Fail();
        }
    }

    private HealthChange? Fail(bool isProbe = false) => _health.Report(Outage, isProbe, TimeSpan.Zero);
}
