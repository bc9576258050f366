namespace AimmsOrchestrator.Domain.Cluster;

/// <summary>Drives batches on this node. Safe for many threads.</summary>
public interface IBatchDriver
{
    /// <summary>
    /// Takes a batch over and begins its execution, where no living node drives it. Where this node drives the batch already, the
    /// answer is that.
    /// </summary>
    /// <param name="batch">The batch. Its epoch may be out of date: that is no reason to refuse, since the claim raises it.</param>
    /// <param name="cancellation">
    /// Cancelled where this node must not begin any more. What has begun all the same is in the answer, and is left by the caller.
    /// </param>
    Task<DriveAnswer> DriveAsync(LeftBatch batch, CancellationToken cancellation);

    /// <summary>
    /// Leaves a batch in order: submits nothing more, waits for the answers of the submits under way, leaves the tasks at the
    /// service alone and gives the claim up. Complete once that is in the database. Of a batch that this node does not drive
    /// there is nothing to leave.
    /// </summary>
    /// <param name="batch">The batch's number in the journal.</param>
    Task LeaveAsync(long batch);
}
