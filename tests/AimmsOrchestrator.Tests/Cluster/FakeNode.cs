using System.Collections.Concurrent;
using AimmsOrchestrator.Domain.Cluster;

namespace AimmsOrchestrator.Tests.Cluster;

/// <summary>Pretends to drive the batches of a database that several nodes share, each to no end of its own.</summary>
internal sealed class FakeNode(string name, SharedDatabase database) : IBatchDriver, ILeftBatches
{
    private readonly ConcurrentDictionary<long, (long Epoch, TaskCompletionSource Ended)> _driven = [];

    public string Name => name;

    public bool AreBelieved => true;

    /// <summary>Whether it finds no batches that are left.</summary>
    public bool IsBlind { get; set; }

    /// <summary>How long the submits under way take that a leave waits for.</summary>
    public TimeSpan Drain { get; set; }

    public Task<DriveAnswer> DriveAsync(LeftBatch batch, CancellationToken cancellation)
    {
        if (database.TryTake(batch.Number, name) is { } epoch)
        {
            _driven[batch.Number] = (
                epoch,
                new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
            );
        }

        return Task.FromResult<DriveAnswer>(
            _driven.TryGetValue(batch.Number, out var driven)
                ? new DriveAnswer.Driving(driven.Epoch, driven.Ended.Task)
                : new DriveAnswer.Elsewhere()
        );
    }

    public async Task LeaveAsync(long batch)
    {
        if (_driven.TryRemove(batch, out var driven))
        {
            await Task.Delay(Drain, TimeProvider.System);
            database.GiveUp(batch, name);
            driven.Ended.SetResult();
        }
    }

    public Task<IReadOnlyList<LeftBatch>> ReadAsync(CancellationToken cancellation) =>
        Task.FromResult(IsBlind ? [] : database.Left());
}
