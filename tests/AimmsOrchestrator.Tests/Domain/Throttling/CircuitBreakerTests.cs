using AimmsOrchestrator.Domain.Throttling;

namespace AimmsOrchestrator.Tests.Domain.Throttling;

public sealed class CircuitBreakerTests
{
    private readonly CircuitBreaker _breaker = new(patience: 3);

    [Fact]
    public void A_service_that_never_answered_is_given_up()
    {
        Assert.Equal(BreakerVerdict.GoOn, Fail(0));
        Assert.Equal(BreakerVerdict.GoOn, Fail(0));
        Assert.Equal(BreakerVerdict.GiveUp, Fail(0));
    }

    [Fact]
    public void A_service_that_has_answered_is_waited_for_however_long_and_probed_ever_more_rarely()
    {
        _breaker.Answered();
        for (var i = 1; i < CircuitBreaker.Threshold; i++)
        {
            Assert.Equal(BreakerVerdict.GoOn, Fail(0));
        }

        Assert.Equal(BreakerVerdict.Wait, Fail(0));
        var waits = new List<double>();
        for (var i = 0; i < 9; i++)
        {
            var now = _breaker.ProbeAt!.Value;
            Assert.Equal(BreakerVerdict.Wait, _breaker.Failed(now, isProbe: true));
            waits.Add((_breaker.ProbeAt.Value - now).TotalSeconds);
        }

        Assert.Equal([2, 4, 8, 16, 32, 60, 60, 60, 60], waits);
    }

    [Fact]
    public void Requests_that_were_under_way_when_the_outage_was_noticed_do_not_put_the_probe_off()
    {
        _breaker.Answered();
        for (var i = 0; i < CircuitBreaker.Threshold; i++)
        {
            Fail(0);
        }

        var probe = _breaker.ProbeAt;
        Fail(0.5);
        Assert.Equal(probe, _breaker.ProbeAt);
    }

    [Fact]
    public void One_answer_ends_the_outage_and_the_count_begins_anew()
    {
        _breaker.Answered();
        for (var i = 0; i < CircuitBreaker.Threshold; i++)
        {
            Fail(0);
        }

        _breaker.Answered();
        Assert.Null(_breaker.ProbeAt);
        Assert.Equal(BreakerVerdict.GoOn, Fail(9));
    }

    private BreakerVerdict Fail(double seconds) => _breaker.Failed(TimeSpan.FromSeconds(seconds), isProbe: false);
}
