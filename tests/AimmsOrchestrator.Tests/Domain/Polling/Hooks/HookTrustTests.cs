using AimmsOrchestrator.Domain.Polling.Hooks;

namespace AimmsOrchestrator.Tests.Domain.Polling.Hooks;

public sealed class HookTrustTests
{
    private static readonly TimeSpan Mean = TimeSpan.FromMinutes(1);
    private readonly HookTrust _trust = new();

    [Fact]
    public void Five_announced_ends_in_a_row_make_polls_rare()
    {
        Announce(count: 4);
        Assert.False(_trust.Review(At(10), Mean));
        Assert.Equal(1, _trust.PriceFactor);

        _trust.Announced("last");
        _trust.Found("last", At(10));

        Assert.True(_trust.Review(At(10), Mean));
        Assert.Equal(HookTrust.TrustedFactor, _trust.PriceFactor);
        Assert.False(_trust.Review(At(11), Mean));
    }

    [Fact]
    public void One_end_that_no_call_announces_ends_the_trust()
    {
        Announce(count: 100);
        _trust.Review(At(0), Mean);
        _trust.Found("silent", At(10));

        Assert.False(_trust.Review(At(12.9), Mean));
        Assert.Equal(At(13), _trust.NextReview(Mean));
        Assert.True(_trust.Review(At(13), Mean));
        Assert.Equal(1, _trust.PriceFactor);
        Assert.Null(_trust.NextReview(Mean));
    }

    [Fact]
    public void A_call_a_little_after_the_poll_counts()
    {
        Announce(count: 100);
        _trust.Found("slow", At(10));
        _trust.Announced("slow");
        _trust.Review(At(20), Mean);

        Assert.Equal(HookTrust.TrustedFactor, _trust.PriceFactor);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(60, 3)]
    [InlineData(3600, 10)]
    public void A_call_may_be_late_by_a_twentieth_of_the_tasks_time_within_bounds(double mean, double late)
    {
        _trust.Found("silent", At(100));

        Assert.Equal(At(100 + late), _trust.NextReview(TimeSpan.FromSeconds(mean)));
    }

    [Fact]
    public void Doubled_and_forged_calls_add_nothing()
    {
        for (var i = 0; i < 100; i++)
        {
            _trust.Announced("one");
        }

        _trust.Found("one", At(1));
        _trust.Announced("one");
        _trust.Review(At(1), Mean);

        Assert.Equal(1, _trust.PriceFactor);
    }

    private void Announce(int count)
    {
        for (var i = 0; i < count; i++)
        {
            _trust.Announced($"{i}");
            _trust.Found($"{i}", At(0));
        }
    }

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);
}
