using AimmsOrchestrator.Domain.Journaling;

namespace AimmsOrchestrator.Batches.Upkeep;

/// <summary>What was removed from a workspace.</summary>
/// <param name="Batches">Of which batches.</param>
public sealed record Removal(IReadOnlyList<BatchRecord> Batches)
{
    /// <summary>By how many bytes the database became smaller; where that keeps the space for what comes, how many of it about.</summary>
    public long FreedBytes { get; init; }

    /// <summary>How many responses were removed of batches that stay.</summary>
    public long Responses { get; init; }

    /// <summary>How many of these runs of other batches have too: they still take their space.</summary>
    public long SharedResponses { get; init; }

    /// <summary>How many answers later batches would have used again, and ask for now.</summary>
    public long LostAnswers { get; init; }

    /// <summary>How many tasks of removed batches the service may still have.</summary>
    public int TasksAtService { get; init; }
}
