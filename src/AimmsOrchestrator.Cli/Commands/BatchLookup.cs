using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Scenarios.Diagnostics;

namespace AimmsOrchestrator.Cli.Commands;

/// <summary>Finds the batch that a person means.</summary>
internal static class BatchLookup
{
    private const int Latest = 5;

    /// <exception cref="UserErrorException">There is none.</exception>
    public static BatchRecord Find(IJournalReader reader, string? name, string workspace)
    {
        if (reader.Find(name) is { } batch)
        {
            return batch;
        }

        if (name is null)
        {
            throw new UserErrorException($"{workspace}: no batches yet; `aimms-batch run SCENARIO` makes one");
        }

        var batches = reader.Batches().ToList();
        throw new UserErrorException(
            $"{workspace}: no batch or scenario is called \"{name}\"{Hint(name, [.. batches.Select(b => b.Id.Value)], batches.Select(b => b.Scenario))}"
        );
    }

    /// <summary>What was meant, or where nothing is near the latest batches, the first ones.</summary>
    public static string Hint(string name, IReadOnlyList<string> ids, IEnumerable<string> scenarios)
    {
        var near = DidYouMean.Hint(name, ids.Concat(scenarios).Distinct(StringComparer.Ordinal));
        return near.Length > 0 ? near
            : ids.Count > 0 ? $"; the latest are {string.Join(", ", ids.Take(Latest))}"
            : "";
    }
}
