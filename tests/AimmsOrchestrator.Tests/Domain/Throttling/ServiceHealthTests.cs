using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Domain.Throttling;

namespace AimmsOrchestrator.Tests.Domain.Throttling;

/// <summary>When the service counts as away, and when as back.</summary>
public sealed class ServiceHealthTests
{
    private static readonly ServiceFault Outage = new(FaultKind.Unreachable, "connection refused");

    private readonly ServiceHealth _health = new(patience: 3);

    [Fact]
    public void A_few_requests_that_fail_change_nothing_and_more_of_them_are_an_outage()
    {
        _health.Report(outage: null, isProbe: false);
        for (var request = 1; request < ServiceHealth.Threshold; request++)
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

        Assert.IsType<HealthChange.Back>(_health.Report(outage: null, isProbe: false));
        Assert.False(_health.IsAway);
        Assert.Null(_health.Report(outage: null, isProbe: true));
    }

    [Fact]
    public void A_service_that_never_answered_is_given_up()
    {
        Fail();
        Fail();

        Assert.Equal(new HealthChange.NeverReachable(Outage), Fail());
    }

    [Fact]
    public void A_service_that_has_answered_is_waited_for_however_long_and_probed_ever_more_rarely()
    {
        Away();

        var waits = Enumerable
            .Range(0, 9)
            .Select(_ => ((HealthChange.Away)Fail(isProbe: true)!).ProbeAfter.TotalSeconds);

        Assert.Equal([2, 4, 8, 16, 32, 60, 60, 60, 60], waits);
    }

    [Fact]
    public void After_an_outage_the_count_and_the_waits_begin_anew()
    {
        Away();
        Fail(isProbe: true);

        Away();

        Assert.Equal(new HealthChange.Away(TimeSpan.FromSeconds(2), "connection refused"), Fail(isProbe: true));
    }

    private void Away()
    {
        _health.Report(outage: null, isProbe: false);
        for (var request = 0; request < ServiceHealth.Threshold; request++)
        {
            Fail();
        }
    }

    private HealthChange? Fail(bool isProbe = false) => _health.Report(Outage, isProbe);
}
