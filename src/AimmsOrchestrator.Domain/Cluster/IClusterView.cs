namespace AimmsOrchestrator.Domain.Cluster;

/// <summary>The cluster as this node sees it, which may be late or wrong. Safe for many threads.</summary>
public interface IClusterView
{
    /// <summary>Whether this node takes part: it is a member that is up, and can be given batches.</summary>
    bool TakesPart { get; }

    /// <summary>The members, the oldest first; empty before this node has joined.</summary>
    IReadOnlyList<ClusterNode> Nodes { get; }

    /// <summary>
    /// Complete once this node has been removed from the cluster, or can be given no batches any more, without having been
    /// asked to leave; the result says why. What it drives is being left. Nothing brings it back: the process must end
    /// (exit code 255) and be started again.
    /// </summary>
    Task<string> Lost { get; }

    /// <summary>
    /// Leaves the cluster in order: what this node was given to drive is handed over. Complete once it has left, and at once where it
    /// has not joined.
    /// </summary>
    /// <param name="isLeft">Complete once this node drives nothing more: it stays in the cluster for as long, a minute at most.</param>
    Task LeaveAsync(Task isLeft);

    /// <summary>
    /// Asks another node to drive a batch that this one has just left, since it leaves the cluster. The request may get lost: what no node
    /// drives is found in the database a moment later.
    /// </summary>
    /// <param name="batch">The batch, with its epoch in the database.</param>
    void HandOver(LeftBatch batch);
}
