namespace AimmsOrchestrator.Server.Nodes;

/// <summary>A process that serves.</summary>
/// <param name="Node">Which one, for people.</param>
/// <param name="Version">Its program's version.</param>
/// <param name="Batches">What it drives.</param>
public sealed record NodeDocument(string Node, string Version, IReadOnlyList<string> Batches)
{
    /// <summary>Host and port by which its fellows reach it; null where it is in no cluster.</summary>
    public string? Address { get; init; }

    /// <summary>up, joining, leaving, unreachable (for its fellows) or lost: its batches may be taken over.</summary>
    public required string State { get; init; }

    /// <summary>Whether it is the one that answers.</summary>
    public bool IsSelf { get; init; }

    /// <summary>How old its last sign of life in the database is; null without a shared database.</summary>
    public double? SilentSeconds { get; init; }

    /// <summary>How many entries of it were refused, since another node drove the batch by then; null without a shared database.</summary>
    public long? RefusedWrites { get; init; }
}
