using System.Globalization;
using AimmsOrchestrator.Batches.Problems;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Scenarios.Diagnostics;

namespace AimmsOrchestrator.Batches.Catalog;

/// <summary>Finds the run of a batch that a person means.</summary>
public static class RunLookup
{
    // Comparing a misspelt name with a million others would take longer than typing it again.
    private const int MostNamesCompared = 10_000;

    /// <param name="reader">The journal.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="name">A run's index, from 0, or its name. An index comes first.</param>
    public static Result<RunRecord> Find(IJournalReader reader, BatchRecord batch, string name)
    {
        var index = long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
        RunRecord? named = null;
        var last = -1L;
        foreach (var run in reader.Runs(batch.Number))
        {
            if (run.Index == index)
            {
                return run;
            }

            named ??= run.Name == name ? run : null;
            last = run.Index;
        }

        return named is not null ? named
            : last < 0 ? new BatchProblem.RunNotFound(batch.Id, name, Hint: null)
            : new BatchProblem.RunNotFound(batch.Id, name, Hint(reader, batch, name, index, last));
    }

    private static string Hint(IJournalReader reader, BatchRecord batch, string name, long index, long last) =>
        index >= 0
            ? string.Create(CultureInfo.InvariantCulture, $"; the nearest is {last}")
            : DidYouMean.Hint(name, reader.Runs(batch.Number).Take(MostNamesCompared).Select(run => run.Name));
}
