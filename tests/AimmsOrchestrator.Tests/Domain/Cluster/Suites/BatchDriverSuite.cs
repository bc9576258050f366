using AimmsOrchestrator.Domain.Cluster;
using AimmsOrchestrator.Tests.Testing;

namespace AimmsOrchestrator.Tests.Domain.Cluster.Suites;

/// <summary>What a cluster relies on where it has a node drive batches.</summary>
public abstract class BatchDriverSuite(IBatchDriverAdapter adapter) : IAsyncLifetime
{
    private IBatchDriver Driver => adapter.Driver;

    public Task InitializeAsync() => adapter.InitializeAsync();

    public Task DisposeAsync() => adapter.DisposeAsync();

    [Fact]
    public async Task A_batch_is_driven_by_the_next_epoch_until_it_is_left()
    {
        var left = await adapter.LeaveBehindAsync();

        var first = await DriveAsync(left);
        Assert.Equal(left.Epoch + 1, first.Epoch);
        Assert.False(first.Ended.IsCompleted);

        await Driver.LeaveAsync(left.Number).WaitAsync(Waiting.Patience);
        await first.Ended.WaitAsync(Waiting.Patience);

        Assert.Equal(first.Epoch + 1, (await DriveAsync(left with { Epoch = first.Epoch })).Epoch);
    }

    [Fact]
    public async Task A_batch_that_is_driven_here_already_stays_as_it_is()
    {
        var left = await adapter.LeaveBehindAsync();
        var first = await DriveAsync(left);

        Assert.Equal(first.Epoch, (await DriveAsync(left)).Epoch);
        Assert.False(first.Ended.IsCompleted);
    }

    [Fact]
    public async Task A_batch_is_not_taken_from_another_node()
    {
        var left = await adapter.LeaveBehindAsync();
        using (adapter.DriveElsewhere(left))
        {
            Assert.IsType<DriveAnswer.Elsewhere>(await Driver.DriveAsync(left, default));
        }

        // An epoch that is out of date by now keeps none from it: the claim decides.
        Assert.Equal(left.Epoch + 2, (await DriveAsync(left)).Epoch);
    }

    [Fact]
    public async Task Of_a_batch_that_is_not_driven_here_there_is_nothing_to_leave()
    {
        var left = await adapter.LeaveBehindAsync();

        await Driver.LeaveAsync(left.Number).WaitAsync(Waiting.Patience);

        await DriveAsync(left);
    }

    private async Task<DriveAnswer.Driving> DriveAsync(LeftBatch batch) =>
        Assert.IsType<DriveAnswer.Driving>(await Driver.DriveAsync(batch, default).WaitAsync(Waiting.Patience));
}

/// <summary>A node under test that drives nothing at first.</summary>
public interface IBatchDriverAdapter : IAsyncLifetime
{
    IBatchDriver Driver { get; }

    /// <summary>An unfinished batch that no node drives.</summary>
    Task<LeftBatch> LeaveBehindAsync();

    /// <summary>Another node drives a batch by its next epoch, until the answer is disposed of.</summary>
    IDisposable DriveElsewhere(LeftBatch batch);
}
