using AimmsOrchestrator.Domain.Progress;
using AimmsOrchestrator.Domain.Runs;

namespace AimmsOrchestrator.Tests.Domain.Progress;

/// <summary>What a batch relies on in those that follow it: none holds it up, and each has the newest.</summary>
public abstract class BatchObserverSuite
{
    /// <summary>The observer.</summary>
    protected abstract IBatchObserver Observer { get; }

    /// <summary>How many runs have ended by what it shows or hands on; waits for it where it takes its time.</summary>
    protected abstract Task<long?> ShownAsync();

    [Fact]
    public async Task The_newest_snapshot_is_the_one_that_counts()
    {
        for (var ended = 0; ended <= 1_000; ended++)
        {
            Observer.OnProgress(Snapshot(ended));
        }

        Assert.Equal(1_000, await ShownAsync());
    }

    [Fact]
    public async Task Snapshots_may_come_from_any_thread_one_at_a_time()
    {
        for (var ended = 1; ended <= 20; ended++)
        {
            var snapshot = Snapshot(ended);
            await Task.Run(() => Observer.OnProgress(snapshot));
        }

        Assert.Equal(20, await ShownAsync());
    }

    private static BatchProgress Snapshot(long ended) =>
        new()
        {
            Total = 1_000,
            CountByState = new StateCounts { Completed = ended, Pending = 1_000 - ended },
            Elapsed = TimeSpan.FromSeconds(ended),
        };
}
