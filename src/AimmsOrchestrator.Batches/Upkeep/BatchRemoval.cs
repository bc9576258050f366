using AimmsOrchestrator.Batches.Catalog;
using AimmsOrchestrator.Batches.Problems;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Workspaces;
using AimmsOrchestrator.Scenarios;

namespace AimmsOrchestrator.Batches.Upkeep;

/// <summary>Removes batches, or their responses alone, from a workspace; as a rule while none of it is driven.</summary>
/// <param name="workspace">The workspace.</param>
/// <param name="time">The clock.</param>
public sealed class BatchRemoval(IWorkspace workspace, TimeProvider time)
{
    /// <summary>The task of a lost submit may turn up within this time, and must not become another batch's.</summary>
    private static readonly TimeSpan LostSubmitsMatterFor = TimeSpan.FromDays(1);

    /// <summary>Removes batches with all that they have.</summary>
    /// <param name="batches">The batches.</param>
    /// <param name="withUnfinished">Whether some may have something left to do; their tasks at the service run on.</param>
    public Task<Result<Removal>> RemoveAsync(IReadOnlyList<BatchRecord> batches, bool withUnfinished) =>
        ExecuteAsync(
            batches,
            withUnfinished,
            (reader, upkeep) =>
            {
                var numbers = batches.Select(batch => batch.Number).ToList();
                var removal = new Removal(batches)
                {
                    LostAnswers = upkeep.LostAnswers(numbers),
                    TasksAtService = batches.Sum(batch =>
                        reader.Unfinished(batch.Number).Values.Count(run => Run.FromEvents(run).Phase.MayHoldSlot())
                    ),
                };
                upkeep.Remove(numbers, time.GetUtcNow());
                workspace.ForgetClaims(batches.Select(batch => batch.Id));
                return removal;
            }
        );

    /// <summary>Removes the responses of batches; their results stay, and answer later questions where the same is extracted.</summary>
    /// <param name="batches">The batches.</param>
    /// <param name="withUnfinished">Whether some may have something left to do.</param>
    public Task<Result<Removal>> RemoveResponsesAsync(IReadOnlyList<BatchRecord> batches, bool withUnfinished) =>
        ExecuteAsync(
            batches,
            withUnfinished,
            (reader, upkeep) =>
            {
                var freed = batches
                    .Select(batch => upkeep.RemoveResponses(batch.Number, Extractions(batch, reader)))
                    .ToList();
                return new Removal(batches)
                {
                    SharedResponses = freed.Sum(responses => responses.Shared),
                    Responses = freed.Sum(responses => responses.Removed),
                    LostAnswers = freed.Sum(responses => responses.Removed - responses.StillAnswer),
                };
            }
        );

    private async Task<Result<Removal>> ExecuteAsync(
        IReadOnlyList<BatchRecord> batches,
        bool withUnfinished,
        Func<IJournalReader, IJournalUpkeep, Removal> remove
    )
    {
        // No batch is opened meanwhile.
        using var intake = await workspace.EnterIntakeAsync(time);
        foreach (var (driven, holder) in workspace.Claims())
        {
            if (!workspace.IsFreedBesideWork)
            {
                return new BatchProblem.WorkspaceBusy(driven, holder);
            }

            if (batches.Any(batch => batch.Id == driven))
            {
                return new BatchProblem.DrivenElsewhere(driven, holder);
            }
        }

        using var reader = workspace.OpenReader();
        foreach (var batch in batches.Select(batch => reader.Find(batch.Id.Value) ?? batch))
        {
            if (!batch.IsFinished && !withUnfinished)
            {
                return new BatchProblem.Unfinished(batch);
            }

            if (HasLostSubmits(batch, reader))
            {
                return new BatchProblem.SubmitsLost(batch.Id);
            }
        }

        var before = workspace.DatabaseBytes;
        var had = BytesOf(batches, reader);
        using var upkeep = workspace.OpenUpkeep();
        var removal = remove(reader, upkeep);
        upkeep.Compact();
        return removal with
        {
            FreedBytes = Math.Max(
                0,
                workspace.IsFreedBesideWork ? had - BytesOf(batches, reader) : before - workspace.DatabaseBytes
            ),
        };
    }

    private static long BytesOf(IReadOnlyList<BatchRecord> batches, IJournalReader reader)
    {
        var sizes = reader.Sizes();
        return batches.Sum(batch => sizes.GetValueOrDefault(batch.Number, StoredSize.None).Total);
    }

    private bool HasLostSubmits(BatchRecord batch, IJournalReader reader)
    {
        using var tasks = workspace.OpenTaskIndex(batch.Number);
        return tasks
            .OpenSubmits()
            .Any(submit =>
                submit.Run.Batch == batch.Number
                && time.GetUtcNow() - (submit.LostAt ?? submit.IntendedAt) < LostSubmitsMatterFor
            );
    }

    /// <summary>None where this version can no longer read the scenario.</summary>
    private static IEnumerable<(string Run, long Index, ExtractionKey Extraction)> Extractions(
        BatchRecord batch,
        IJournalReader reader
    ) =>
        StoredScenarios.Load(batch, reader) is { } scenario
            ? scenario
                .Plan.Runs.From(0)
                .Select(run => (run.Name, run.Index, scenario.Plan.Results.ExtractionKeyOf(run)))
            : [];
}
