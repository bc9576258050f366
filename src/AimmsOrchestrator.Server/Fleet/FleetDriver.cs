using AimmsOrchestrator.Batches.Hosting;
using AimmsOrchestrator.Batches.Problems;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Cluster;
using AimmsOrchestrator.Server.Settings;

namespace AimmsOrchestrator.Server.Fleet;

/// <summary>Drives on this node what the cluster gives it.</summary>
internal sealed class FleetDriver(BatchFleet fleet, ServerOptions options) : IBatchDriver
{
    /// <inheritdoc />
    public async Task<DriveAnswer> DriveAsync(LeftBatch batch, CancellationToken cancellation)
    {
        if (Find(batch.Number) is { } driven)
        {
            return Driving(driven);
        }

        if (fleet.IsStopping)
        {
            return new DriveAnswer.Failed("this node is leaving");
        }

        using var reader = options.Workspace.OpenReader();
        if (
            reader.Batches().FirstOrDefault(record => record.Number == batch.Number)
                is not { End: null or BatchEnd.Interrupted } left
            || reader.Controls(left.Number).Cancel is not null
        )
        {
            return new DriveAnswer.Over();
        }

        cancellation.ThrowIfCancellationRequested();
        var resumed = await fleet.ResumeAsync(left, isAutomatic: true);
        return resumed switch
        {
            { IsSuccess: true } => Driving(resumed.Value),
            { Problem: BatchProblem.Over or BatchProblem.ToBeCancelled } => new DriveAnswer.Over(),
            { Problem: BatchProblem.DrivenElsewhere } => new DriveAnswer.Elsewhere(),
            { Problem: var problem } => Failed(left.Id, ProblemSentence.Of(problem!)),
        };
    }

    private DriveAnswer.Failed Failed(BatchId batch, string reason)
    {
        fleet.Backoff.Postpone(batch, reason);
        return new DriveAnswer.Failed(reason);
    }

    /// <inheritdoc />
    public async Task LeaveAsync(long batch)
    {
        if (Find(batch) is { } driven)
        {
            driven.Leave();
            await driven.Ended;
        }
    }

    private DrivenBatch? Find(long batch) => fleet.Host.Driven.FirstOrDefault(driven => driven.Batch.Number == batch);

    private static DriveAnswer.Driving Driving(DrivenBatch driven) => new(driven.Epoch, EndAsync(driven));

    /// <summary>A bug would end the next execution as well: the cluster waits before it tries again.</summary>
    private static async Task EndAsync(DrivenBatch driven)
    {
        if (await driven.Outcome is { End: BatchEnd.Bug } outcome)
        {
            throw new InvalidOperationException(outcome.Reason, outcome.Bug);
        }
    }
}
