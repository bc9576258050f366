using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Reports.Comparison;

namespace AimmsOrchestrator.Batches.Views;

/// <summary>What differs between two batches, as values: those of this machine's journal, or a server's.</summary>
public sealed record DifferenceContents
{
    /// <summary>The first batch's id.</summary>
    public required string Before { get; init; }

    /// <summary>The second batch's id.</summary>
    public required string After { get; init; }

    /// <summary>Whether anything differs beyond the tolerance.</summary>
    public required bool HasDifferences { get; init; }

    /// <summary>The number of runs per kind of change.</summary>
    public required IReadOnlyDictionary<RunChange, long> Counts { get; init; }

    /// <summary>For each differing result, by name: in how many runs, and where the most.</summary>
    public required IReadOnlyDictionary<string, LargestChange> Largest { get; init; }

    /// <summary>The differing runs that are shown, the largest difference first.</summary>
    public required IReadOnlyList<RunDifference> Kept { get; init; }

    /// <summary>How many differing runs are not.</summary>
    public required long LeftOut { get; init; }

    /// <summary>The batches of which results are incumbents, and of how many: these may differ and mean nothing by it.</summary>
    public required IReadOnlyDictionary<string, long> Incumbents { get; init; }

    /// <param name="before">The first batch.</param>
    /// <param name="after">The second batch.</param>
    /// <param name="summary">What differs; every run was added.</param>
    /// <param name="reader">The journal.</param>
    public static DifferenceContents Of(
        BatchRecord before,
        BatchRecord after,
        DifferenceSummary summary,
        IJournalReader reader
    )
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(summary);
        ArgumentNullException.ThrowIfNull(reader);
        return new DifferenceContents
        {
            Before = before.Id.Value,
            After = after.Id.Value,
            HasDifferences = summary.HasDifferences,
            Counts = Enum.GetValues<RunChange>().ToDictionary(change => change, summary.Count),
            Largest = summary.Largest,
            Kept = summary.Kept(),
            LeftOut = summary.LeftOut,
            Incumbents = new[] { before, after }
                .DistinctBy(batch => batch.Number)
                .Select(batch => (batch.Id, Count: reader.Marks(batch.Number).GetValueOrDefault("incumbent")))
                .Where(found => found.Count > 0)
                .ToDictionary(found => found.Id.Value, found => found.Count, StringComparer.Ordinal),
        };
    }
}
