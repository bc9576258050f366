using System.Text.Json;
using AimmsOrchestrator.Cli.Planning;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Engine.Batches;
using AimmsOrchestrator.Journal;
using AimmsOrchestrator.Scenarios;

namespace AimmsOrchestrator.Cli.Running;

/// <summary>A batch taken on by this process, with the claim that keeps others off it.</summary>
/// <param name="Batch">The batch.</param>
/// <param name="Resume">Where it goes on.</param>
/// <param name="Claim">Held until the batch is left.</param>
internal sealed record OpenedBatch(BatchRecord Batch, ResumePoint Resume, BatchClaim Claim);

/// <summary>
/// Decides which batch a scenario is run as: its latest one where that is unfinished and the scenario unchanged, a new
/// one otherwise.
/// </summary>
/// <param name="workspace">Where batches live.</param>
/// <param name="writer">Opens batches.</param>
/// <param name="reader">Finds the latest one.</param>
/// <param name="time">The clock.</param>
internal sealed class BatchOpener(Workspace workspace, IJournalWriter writer, IJournalReader reader, TimeProvider time)
{
    private const int LargestGroup = 1000;

    /// <exception cref="UserErrorException">Another process drives the batch.</exception>
    public OpenedBatch Open(Scenario scenario, ScenarioRun run)
    {
        var latest = reader.Batches().FirstOrDefault(b => b.Scenario == scenario.Name);
        return !run.IsFresh && latest is { IsFinished: false } && latest.Fingerprint == scenario.Fingerprint
            ? Resume(latest, scenario)
            : Begin(scenario, run);
    }

    private OpenedBatch Begin(Scenario scenario, ScenarioRun run)
    {
        var batch = writer.OpenBatch(
            new NewBatch
            {
                Scenario = scenario.Name,
                Description = scenario.Description,
                Fingerprint = scenario.Fingerprint,
                Source = scenario.Source,
                SourceFile = run.File,
                Attachments = scenario.Attachments,
                OverridesJson = JsonSerializer.Serialize(run.Overrides),
                RunCount = scenario.Plan.Runs.Count,
                ServiceAddress = scenario.ServiceAddress(),
                ServiceName = scenario.ServiceName,
                IsFresh = run.IsFresh,
                ParameterNames = scenario.ParameterNames,
                ResultNames = scenario.ResultNames,
                At = time.GetUtcNow(),
            }
        );
        return new OpenedBatch(batch, ResumePoint.Start, Claim(batch));
    }

    /// <summary>Goes on with a batch that was left.</summary>
    /// <exception cref="UserErrorException">Another process drives the batch.</exception>
    public OpenedBatch Resume(BatchRecord batch, Scenario scenario) => Resume(batch, scenario, Claim(batch));

    /// <summary>Goes on with the runs of a batch that failed, as if they had never begun, and leaves those alone that have not.</summary>
    /// <exception cref="UserErrorException">Another process drives the batch.</exception>
    public OpenedBatch Retry(BatchRecord batch, Scenario scenario)
    {
        var claim = Claim(batch);
        var at = time.GetUtcNow();
        var failed = reader.Runs(batch.Number).Where(run => run.Phase == RunPhase.Failed).Select(run => run.Index);
        foreach (var group in failed.ToList().Chunk(LargestGroup))
        {
            writer.Commit([.. group.Select(index => Reopen(index))]);
        }

        RunEventEntry Reopen(long index)
        {
            var run = Run.FromEvents(reader.Events(batch.Number, index));
            var reopened = RunCommandRules.Decide(run, new RunCommand.Reopen(), at)!;
            return new RunEventEntry(batch.Number, scenario.Plan.Runs.From(index).First(), reopened);
        }

        return Resume(batch, scenario, claim, isRetry: true);
    }

    private OpenedBatch Resume(BatchRecord batch, Scenario scenario, BatchClaim claim, bool isRetry = false)
    {
        var resume = new ResumePoint
        {
            Ended = [.. reader.Ended(batch.Number)],
            Unfinished = reader.Unfinished(batch.Number),
            CountByState = reader.CountByState(batch.Number),
            Earlier = Earlier(batch, scenario.Plan),
            KeptTasks = scenario is { UsesEmulator: false, Plan.DeletesTasks: true }
                ? [.. reader.KeptTasks(batch.Number)]
                : [],
            IsOnlyBegun = isRetry && batch.End != BatchEnd.AllRunsEnded,
            IsServiceNew = scenario.UsesEmulator,
        };
        writer.Commit([new BatchResumed(batch.Number, time.GetUtcNow())]);
        return new OpenedBatch(batch, resume, claim);
    }

    /// <summary>What earlier runs tell, where anybody wants to know.</summary>
    private List<EarlierRun> Earlier(BatchRecord batch, BatchPlan plan)
    {
        var limits = plan.TimeLimits;
        var isWanted =
            plan.StopWhen is not null
            || limits.Queue?.Medians is not null
            || limits.Solve?.Medians is not null
            || limits.Run?.Medians is not null;
        return isWanted
            ?
            [
                .. reader
                    .Runs(batch.Number)
                    .Where(run => run.Phase is RunPhase.Completed or RunPhase.Failed)
                    .Select(run => new EarlierRun(
                        run is { Phase: RunPhase.Completed, ResultsJson: { } results }
                            ? new RunResults(results, run.Notes, IsSuccess: true)
                            : null,
                        run.Phase == RunPhase.Completed ? run.QueueTime : null,
                        run.Phase == RunPhase.Completed ? run.RunTime : null
                    )),
            ]
            : [];
    }

    private BatchClaim Claim(BatchRecord batch) =>
        BatchClaim.TryTake(workspace, batch.Id, time)
        ?? throw new UserErrorException(
            $"{batch.Id} is driven by {BatchClaim.HolderOf(workspace, batch.Id)?.ToString() ?? "another process"} already"
        );
}
