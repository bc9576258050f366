using AimmsOrchestrator.Domain.Cluster;
using AimmsOrchestrator.Tests.Journal.Suites.Discovery;

namespace AimmsOrchestrator.Tests.Domain.Cluster.Suites;

/// <summary>Which batches a cluster wakes.</summary>
public abstract class LeftBatchesSuite(ILeftBatchesAdapter adapter) : IAsyncLifetime
{
    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => adapter.CloseAsync();

    [SuiteFact]
    public async Task A_batch_that_no_node_has_driven_yet_is_left_and_needs_no_sign_of_life_for_that()
    {
        var batch = await adapter.OpenAsync();

        Assert.Equal([new LeftBatch(batch, Epoch: 0, IsGivenUp: true)], await ReadAsync());
    }

    [SuiteFact]
    public async Task A_batch_that_a_node_drives_is_not_left_before_that_gives_it_up()
    {
        var (other, batch) = (await adapter.OpenAsync(), await adapter.OpenAsync());
        adapter.Drive(batch);
        Assert.Equal([other], (await ReadAsync()).Select(left => left.Number));

        adapter.GiveUp(batch);

        Assert.Equal(
            [new LeftBatch(other, Epoch: 0, IsGivenUp: true), new LeftBatch(batch, Epoch: 1, IsGivenUp: true)],
            await ReadAsync()
        );
    }

    [SuiteFact]
    public async Task A_batch_whose_driver_shows_no_sign_of_life_is_left_by_those_signs_alone()
    {
        var batch = await adapter.OpenAsync();
        adapter.Drive(batch);

        adapter.LoseDriver();

        Assert.Equal([new LeftBatch(batch, Epoch: 1, IsGivenUp: false)], await ReadAsync());
    }

    private Task<IReadOnlyList<LeftBatch>> ReadAsync() => adapter.Left.ReadAsync(default);
}

/// <summary>The batches of a cluster under test, none at first, and another node that drives them.</summary>
public interface ILeftBatchesAdapter
{
    ILeftBatches Left { get; }

    /// <summary>Opens a batch that no node has driven yet.</summary>
    /// <returns>Its number.</returns>
    Task<long> OpenAsync();

    /// <summary>The other node drives a batch.</summary>
    void Drive(long batch);

    /// <summary>The other node leaves it in order.</summary>
    void GiveUp(long batch);

    /// <summary>The other node has shown no sign of life for as long as it takes.</summary>
    void LoseDriver();

    Task CloseAsync();
}
