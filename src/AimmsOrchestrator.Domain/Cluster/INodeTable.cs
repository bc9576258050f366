using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;

namespace AimmsOrchestrator.Domain.Cluster;

/// <summary>The nodes that share a database, by their signs of life there. Safe for many threads.</summary>
public interface INodeTable
{
    /// <summary>Every node that is there, or was lost and drove batches that no other one has taken over yet; the oldest first.</summary>
    /// <exception cref="JournalException">The database cannot be read.</exception>
    IReadOnlyList<NodeRecord> Read();

    /// <summary>Says that this node leaves its batches in order.</summary>
    void Leave();
}

/// <summary>A node as the database knows it.</summary>
/// <param name="Name">Its name, which no other start of a process has.</param>
/// <param name="Description">Process, machine and since when, for people.</param>
/// <param name="Address">Host and port by which its fellows reach it; null where they do not.</param>
/// <param name="Version">Its program's version.</param>
/// <param name="Silent">How old its last sign of life is, by the database's clock.</param>
/// <param name="Batches">What it drives.</param>
public sealed record NodeRecord(
    string Name,
    string Description,
    string? Address,
    string Version,
    TimeSpan Silent,
    IReadOnlyList<BatchId> Batches
)
{
    /// <summary>Whether it is this process.</summary>
    public bool IsSelf { get; init; }

    /// <summary>Whether its batches are its own: it has given a sign of life lately.</summary>
    public bool IsAlive { get; init; }

    /// <summary>Whether it leaves its batches in order.</summary>
    public bool IsLeaving { get; init; }

    /// <summary>How many entries of it were refused, since another node drove the batch by then.</summary>
    public long Refused { get; init; }
}
