using AimmsOrchestrator.Batches.Catalog;
using AimmsOrchestrator.Batches.Problems;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Workspaces;
using AimmsOrchestrator.Scenarios;

namespace AimmsOrchestrator.Batches.Upkeep;

/// <summary>
/// Removes batches, or their responses alone, from a workspace: one that is freed beside work by the claim of each batch, another one
/// while nothing of it is driven.
/// </summary>
/// <param name="workspace">The workspace.</param>
/// <param name="time">The clock.</param>
public sealed class BatchRemoval(IWorkspace workspace, TimeProvider time)
{
    /// <summary>The task of a lost submit may turn up within this time, and must not become another batch's.</summary>
    private static readonly TimeSpan LostSubmitsMatterFor = TimeSpan.FromDays(1);

    /// <summary>Removes batches with all that they have.</summary>
    /// <param name="batches">The batches.</param>
    /// <param name="withUnfinished">Whether some may have something left to do; their tasks at the service run on.</param>
    public async Task<Result<Removal>> RemoveAsync(IReadOnlyList<BatchRecord> batches, bool withUnfinished)
    {
        using var reader = workspace.OpenReader();
        using var upkeep = workspace.OpenUpkeep();
        var (lost, tasks) = (0L, 0);
        return await ExecuteAsync(
            batches,
            withUnfinished,
            () => lost = upkeep.LostAnswers([.. batches.Select(batch => batch.Number)]),
            batch =>
            {
                tasks += reader.Unfinished(batch.Number).Values.Count(run => Run.FromEvents(run).Phase.MayHoldSlot());
                upkeep.Remove(batch.Number, time.GetUtcNow());
                workspace.ForgetClaims([batch.Id]);
            },
            removed =>
            {
                upkeep.RemoveRest();
                upkeep.RemoveUnreferenced();
                upkeep.RemoveFiles();
                upkeep.Compact();
                return new Removal(removed) { LostAnswers = lost, TasksAtService = tasks };
            }
        );
    }

    /// <summary>Removes the responses of batches; their results stay, and answer later questions where the same is extracted.</summary>
    /// <param name="batches">The batches.</param>
    /// <param name="withUnfinished">Whether some may have something left to do.</param>
    public async Task<Result<Removal>> RemoveResponsesAsync(IReadOnlyList<BatchRecord> batches, bool withUnfinished)
    {
        using var reader = workspace.OpenReader();
        using var upkeep = workspace.OpenUpkeep();
        var freed = new List<FreedResponses>();
        return await ExecuteAsync(
            batches,
            withUnfinished,
            () => { },
            batch => freed.Add(upkeep.RemoveResponses(batch.Number, Extractions(batch, reader))),
            removed =>
            {
                var gone = upkeep.RemoveUnreferenced();
                upkeep.Compact();
                return new Removal(removed)
                {
                    SharedResponses = Math.Max(0, freed.Sum(responses => responses.Had) - gone),
                    Responses = freed.Sum(responses => responses.Removed),
                    LostAnswers = freed.Sum(responses => responses.Removed - responses.StillAnswer),
                };
            }
        );
    }

    /// <summary>Removes what an earlier removal left that did not come to its end.</summary>
    public async Task FinishAsync()
    {
        using var intake = await EnterAsync();
        if (!workspace.IsFreedBesideWork && workspace.Claims().Count > 0)
        {
            return;
        }

        using var upkeep = workspace.OpenUpkeep();
        if (upkeep.RemoveRest())
        {
            upkeep.RemoveUnreferenced();
            upkeep.Compact();
        }
    }

    private async Task<Result<Removal>> ExecuteAsync(
        IReadOnlyList<BatchRecord> batches,
        bool withUnfinished,
        Action begin,
        Action<BatchRecord> remove,
        Func<IReadOnlyList<BatchRecord>, Removal> end
    )
    {
        using var intake = await EnterAsync();
        using var reader = workspace.OpenReader();
        if (WhyNot(batches, withUnfinished, reader) is { } problem)
        {
            return problem;
        }

        var (before, had) = (workspace.DatabaseBytes, BytesOf(batches, reader));
        begin();
        var removed = new List<BatchRecord>();
        foreach (var batch in batches)
        {
            using var claim = workspace.IsFreedBesideWork ? workspace.TryClaim(batch, time) : null;
            if (!workspace.IsFreedBesideWork || (claim is not null && IsStillFree(batch, withUnfinished, reader)))
            {
                remove(batch);
                removed.Add(batch);
            }
        }

        if (removed.Count == 0)
        {
            return new BatchProblem.DrivenElsewhere(batches[0].Id, workspace.HolderOf(batches[0].Id));
        }

        return end(removed) with
        {
            FreedBytes = Math.Max(
                0,
                workspace.IsFreedBesideWork ? had - BytesOf(batches, reader) : before - workspace.DatabaseBytes
            ),
        };
    }

    /// <summary>Where nothing may be driven meanwhile, no batch is opened either.</summary>
    private async Task<IDisposable?> EnterAsync() =>
        workspace.IsFreedBesideWork ? null : await workspace.EnterIntakeAsync(time);

    private BatchProblem? WhyNot(IReadOnlyList<BatchRecord> batches, bool withUnfinished, IJournalReader reader)
    {
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

        return null;
    }

    private static bool IsStillFree(BatchRecord batch, bool withUnfinished, IJournalReader reader) =>
        reader.Find(batch.Id.Value) is { } found && (found.IsFinished || withUnfinished);

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
