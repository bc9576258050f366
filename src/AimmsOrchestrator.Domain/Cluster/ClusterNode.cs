namespace AimmsOrchestrator.Domain.Cluster;

/// <summary>A member of the cluster.</summary>
/// <param name="Address">Host and port by which the other nodes reach it.</param>
/// <param name="Incarnation">Distinguishes it from an earlier process at the same address.</param>
/// <param name="State">How far it has come.</param>
/// <param name="IsReachable">Whether its heartbeats arrive.</param>
/// <param name="IsSelf">Whether it is this node.</param>
/// <param name="Version">Its program's version.</param>
public sealed record ClusterNode(
    string Address,
    long Incarnation,
    NodeState State,
    bool IsReachable,
    bool IsSelf,
    string Version
);

/// <summary>How far a node has come, from joining to its end.</summary>
public enum NodeState
{
    /// <summary>It has asked to take part.</summary>
    Joining,

    /// <summary>It takes part.</summary>
    Up,

    /// <summary>It hands over what it drives, and leaves.</summary>
    Leaving,

    /// <summary>It has been declared dead.</summary>
    Down,
}
