using AimmsOrchestrator.Domain.Cluster;

namespace AimmsOrchestrator.Tests.Cluster.Batches;

/// <summary>A driver that does what the test says, when the test says it.</summary>
internal sealed class SteeredDriver : IBatchDriver
{
    /// <summary>What it was asked to drive.</summary>
    public List<LeftBatch> Asked { get; } = [];

    /// <summary>How often it was asked to leave.</summary>
    public int Left { get; private set; }

    /// <summary>Whether the last request to drive was withdrawn.</summary>
    public bool IsWithdrawn { get; private set; }

    /// <summary>The end of the execution.</summary>
    public TaskCompletionSource Ended { get; private set; } = new();

    /// <summary>What it answers; by default it drives by the next epoch.</summary>
    public Func<LeftBatch, Task<DriveAnswer>>? Answer { get; set; }

    /// <summary>How it leaves; at once by default.</summary>
    public Func<Task> Leaves { get; set; } = () => Task.CompletedTask;

    public Task<DriveAnswer> DriveAsync(LeftBatch batch, CancellationToken cancellation)
    {
        Asked.Add(batch);
        cancellation.Register(() => IsWithdrawn = true);
        return Answer is null ? Task.FromResult(Drives(batch)) : Answer(batch);
    }

    public DriveAnswer Drives(LeftBatch batch)
    {
        Ended = new TaskCompletionSource();
        return new DriveAnswer.Driving(batch.Epoch + 1, Ended.Task);
    }

    public async Task LeaveAsync(long batch)
    {
        Left++;
        await Leaves();
    }
}
