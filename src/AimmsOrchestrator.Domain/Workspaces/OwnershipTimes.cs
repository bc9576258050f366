namespace AimmsOrchestrator.Domain.Workspaces;

/// <summary>
/// How long a node that shares its batches with others may be silent. The lease ends before a batch may be taken over, so that a
/// driver that stood still sends nothing beside its successor.
/// </summary>
public static class OwnershipTimes
{
    /// <summary>How often a node writes that it lives.</summary>
    public static readonly TimeSpan BetweenSigns = TimeSpan.FromMilliseconds(500);

    /// <summary>For how long a driver may send after a sign of life was sent, by its own clocks.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(2);

    /// <summary>After how long without a sign of life, by the database's clock, its batches may be taken over.</summary>
    public static readonly TimeSpan DeadAfter = TimeSpan.FromSeconds(3);
}
