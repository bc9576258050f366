using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Domain.Workspaces;

/// <summary>The right to execute a batch, held by one process at a time. Disposing of it gives it up.</summary>
public interface IBatchClaim : ISendLease, IDisposable
{
    /// <summary>
    /// Whether it keeps other processes out. False where the file system has no locks: a second process that drives the batch
    /// raises the epoch then, and this one stops at its next write.
    /// </summary>
    bool IsExclusive { get; }

    /// <summary>The batch's epoch under this claim: what an earlier holder still writes is refused.</summary>
    long Epoch { get; }

    /// <summary>Whether another process asks this one to leave the batch.</summary>
    bool IsAskedToLeave { get; }
}

/// <summary>The process that executes a batch.</summary>
/// <param name="Description">Process, machine and since when; empty where the holder has not written it yet.</param>
public sealed record ClaimHolder(string Description)
{
    public override string ToString() => Description.Length > 0 ? Description : "another process";
}
