using AimmsOrchestrator.Batches.Catalog;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Scenarios;

namespace AimmsOrchestrator.Batches.Planning;

/// <summary>Why runs are to do: what an earlier batch of the scenario has of them.</summary>
/// <param name="Since">The batch that they are compared with.</param>
/// <param name="New">Runs whose parameters that batch does not have.</param>
/// <param name="Unfinished">Runs with the same key there, and no result.</param>
/// <param name="Dropped">Runs with a result there whose response was not kept, and from which other results are extracted now.</param>
/// <param name="Changed">Runs whose parameters it has with another key.</param>
/// <param name="Reasons">What differs in the changed ones, one line per difference.</param>
public sealed record PlanChanges(
    BatchRecord Since,
    long New,
    long Unfinished,
    long Dropped,
    long Changed,
    IReadOnlyList<string> Reasons
)
{
    /// <summary>Runs with the same key there whose result is an incumbent that was cut too early to answer them now.</summary>
    public long Incumbents { get; init; }

    private const int MostCompared = 50;
    private const int MostReasons = 5;

    /// <summary>What became of the runs that are to do.</summary>
    /// <param name="scenario">The scenario as it is now.</param>
    /// <param name="toDo">The runs to do.</param>
    /// <param name="batch">The earlier batch.</param>
    /// <param name="reader">Reads that batch.</param>
    public static PlanChanges Of(
        Scenario scenario,
        IReadOnlyList<PlannedRun> toDo,
        BatchRecord batch,
        IJournalReader reader
    )
    {
        var earlier = new Dictionary<string, RunRecord>(StringComparer.Ordinal);
        foreach (var run in reader.Runs(batch.Number).Take(PlanStatus.MostLookedUp))
        {
            earlier.TryAdd(run.ParametersJson, run with { ResultsJson = null });
        }

        var changed = new List<(PlannedRun Now, long Before)>();
        var (fresh, unfinished, dropped, incumbents) = (0L, 0L, 0L, 0L);
        foreach (var run in toDo)
        {
            if (!earlier.TryGetValue(run.Parameters.ToJson(), out var before))
            {
                fresh++;
            }
            else if ((before.Key == run.Key || IsFormer(run, before)) && before.IsIncumbent)
            {
                // Its result is there, and does not count: the plan's status says so.
                incumbents++;
            }
            else if (before.Key == run.Key || IsFormer(run, before))
            {
                dropped += before.Phase == RunPhase.Completed ? 1 : 0;
                unfinished += before.Phase == RunPhase.Completed ? 0 : 1;
            }
            else
            {
                changed.Add((run, before.Index));
            }
        }

        var reasons = changed.Count == 0 ? [] : Reasoned(scenario, changed, batch, reader);
        return new PlanChanges(batch, fresh, unfinished, dropped, changed.Count, reasons) { Incumbents = incumbents };
    }

    private static bool IsFormer(PlannedRun run, RunRecord before) =>
        run.FormerKey is { } former && before.Key == former;

    private static List<string> Reasoned(
        Scenario scenario,
        List<(PlannedRun Now, long Before)> changed,
        BatchRecord batch,
        IJournalReader reader
    )
    {
        if (StoredScenarios.Load(batch, reader) is not { } kept)
        {
            return [$"the scenario of {batch.Id}, which this version cannot read, so that nothing can be compared"];
        }

        var reasons = new Dictionary<string, (string Line, int Count)>(StringComparer.Ordinal);
        foreach (var (now, index) in changed.Take(MostCompared))
        {
            if (kept.Plan.Runs.From(index).FirstOrDefault() is not { } before)
            {
                continue;
            }

            foreach (var difference in RequestDifference.Between(kept, before, scenario, now))
            {
                var (line, count) = reasons.GetValueOrDefault(
                    difference.What,
                    ($"{difference.What} (run {now.Index}, {now.Name}: {difference.Before}, now {difference.Now})", 0)
                );
                reasons[difference.What] = (line, count + 1);
            }
        }

        if (reasons.Count == 0)
        {
            return [$"the way in which keys are made: {batch.Id} was run by another version"];
        }

        var others = reasons.Count - MostReasons;
        return
        [
            .. reasons.Values.OrderByDescending(reason => reason.Count).Take(MostReasons).Select(reason => reason.Line),
            .. others > 0 ? [$"{others} more differences"] : Array.Empty<string>(),
        ];
    }
}
