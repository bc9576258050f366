using AimmsOrchestrator.Batches.Problems;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Workspaces;
using AimmsOrchestrator.Scenarios.Diagnostics;

namespace AimmsOrchestrator.Batches.Catalog;

/// <summary>Finds the batch that a person means.</summary>
public static class BatchLookup
{
    private const int Latest = 5;

    /// <param name="reader">The journal.</param>
    /// <param name="name">A batch's id, a scenario's name for its latest batch, or null for the latest of all.</param>
    public static Result<BatchRecord> Find(IJournalReader reader, string? name)
    {
        if (reader.Find(name) is { } batch)
        {
            return batch;
        }

        var batches = name is null ? [] : reader.Batches().ToList();
        return new BatchProblem.NotFound(
            name,
            name is null ? "" : Hint(name, [.. batches.Select(b => b.Id.Value)], batches.Select(b => b.Scenario))
        );
    }

    /// <summary>The latest of the batches that a process drives; null where none is driven.</summary>
    public static BatchRecord? FindRunning(IJournalReader reader, IWorkspace workspace) =>
        reader.Batches().FirstOrDefault(batch => batch.End is null && workspace.HolderOf(batch.Id) is not null);

    /// <summary>The nearest name; the latest batches where none is near.</summary>
    internal static string Hint(string name, IReadOnlyList<string> ids, IEnumerable<string> scenarios)
    {
        var near = DidYouMean.Hint(name, ids.Concat(scenarios).Distinct(StringComparer.Ordinal));
        return near.Length > 0 ? near
            : ids.Count > 0 ? $"; the latest are {string.Join(", ", ids.Take(Latest))}"
            : "";
    }
}
