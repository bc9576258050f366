using AimmsOrchestrator.Domain.Progress;
using AimmsOrchestrator.Engine;

namespace AimmsOrchestrator.Tests.Engine;

/// <summary>Several subscribers follow one batch.</summary>
public sealed class ProgressTests : BatchTest
{
    [Fact]
    public async Task A_subscriber_gets_a_snapshot_at_once_whenever_it_subscribes()
    {
        Start();
        Advance(seconds: 30);
        await Outcome;

        var late = Subscribe();

        Assert.Equal(10, Latest(late)!.CountByState.Ended);
    }

    [Fact]
    public void A_subscriber_that_does_not_read_holds_up_no_other_and_finds_the_newest_snapshot()
    {
        Start();
        var slow = Subscribe();
        var busy = Subscribe();
        var seen = new List<long>();
        for (var second = 0; second < 30; second++)
        {
            Advance(seconds: 1);
            seen.Add(Latest(busy)!.CountByState.Ended);
        }

        Assert.True(seen.Distinct().Count() > 3);
        Assert.True(slow.Snapshots.TryRead(out var newest));
        Assert.Equal(10, newest.CountByState.Ended);
        Assert.False(slow.Snapshots.TryRead(out _));
    }

    [Fact]
    public async Task A_subscription_ends_with_the_subscriber_or_with_the_batch()
    {
        Start();
        var (left, stayed) = (Subscribe(), Subscribe());
        Act(left.Dispose);
        Advance(seconds: 30);
        await Outcome;
        Assert.True(Latest(left)!.CountByState.Ended < 10);
        Assert.True(left.Snapshots.Completion.IsCompleted);

        await StopAsync();

        Assert.Equal(10, Latest(stayed)!.CountByState.Ended);
        Assert.True(stayed.Snapshots.Completion.IsCompleted);
    }

    private static BatchProgress? Latest(ProgressSubscription subscription)
    {
        BatchProgress? latest = null;
        while (subscription.Snapshots.TryRead(out var newer))
        {
            latest = newer;
        }

        return latest;
    }
}
