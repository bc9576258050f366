using System.Text.Json;
using AimmsOrchestrator.Batches.Catalog;
using AimmsOrchestrator.Batches.Hooks;
using AimmsOrchestrator.Batches.Problems;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Batches.Control;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Runs.Rules;
using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Domain.Workspaces;
using AimmsOrchestrator.Engine.Batches;
using AimmsOrchestrator.Scenarios;
using AimmsOrchestrator.Scenarios.Diagnostics;

namespace AimmsOrchestrator.Batches.Execution;

/// <summary>
/// Claims a batch for this process and finds where it resumes. A scenario is run as its latest batch where that is
/// unfinished and the scenario unchanged, and as a new one otherwise.
/// </summary>
/// <param name="workspace">Where batches live.</param>
/// <param name="writer">Opens batches.</param>
/// <param name="reader">Finds the latest one.</param>
/// <param name="time">The clock.</param>
internal sealed class BatchOpener(IWorkspace workspace, IJournalWriter writer, IJournalReader reader, TimeProvider time)
{
    private const int LargestGroup = 1000;

    private readonly BatchIntake _intake = new(workspace, reader, time);

    public async Task<Result<OpenedBatch>> OpenAsync(Scenario scenario, ScenarioRun run)
    {
        var taken = await _intake.TakeAsync(
            scenario.Name,
            run.IsFresh || run.IsNew ? null : scenario.Fingerprint,
            () => OpenNewAsync(scenario, run)
        );
        if (!taken.IsSuccess)
        {
            return taken.Problem;
        }

        var begun = taken.Value;
        return begun.IsNew
            ? new OpenedBatch(begun.Batch, scenario, ResumePoint.Start, begun.Claim) { Others = begun.Others }
            : await begun.OrGiveUpAsync(() => ResumeAsync(begun, scenario, isAutomatic: false));
    }

    private async Task<Result<BatchRecord>> OpenNewAsync(Scenario scenario, ScenarioRun run)
    {
        // No batch comes into being whose calls could not be received.
        if (HookProblem(scenario) is { } problem)
        {
            return problem;
        }

        if (run.Firing is not { } firing)
        {
            return await writer.OpenBatchAsync(NewBatch(scenario, run));
        }

        using var schedules = workspace.OpenScheduleBook();
        return schedules.Open(NewBatch(scenario, run), firing) is { } opened
            ? opened
            : new BatchProblem.BegunElsewhere();
    }

    /// <summary>Why the service's calls could not be received; null where they can, or the service makes none.</summary>
    private static BatchProblem.NoHookPort? HookProblem(Scenario scenario) =>
        scenario is { HasHooks: true, Plan.Poll.Hook: { } hook } && HookPort.WhyNot(hook) is { } why
            ? new BatchProblem.NoHookPort(why)
            : null;

    private NewBatch NewBatch(Scenario scenario, ScenarioRun run) =>
        new()
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
            Owner = run.Owner,
            Submission = run.Submission,
            Settings = run.Priority is { } priority
                ? [new ControlSetting(ControlNames.Priority, priority.Word(), time.GetUtcNow(), run.Owner ?? "")]
                : [],
            ParameterNames = scenario.ParameterNames,
            ResultNames = scenario.ResultNames,
            Design = scenario.Design,
            At = time.GetUtcNow(),
        };

    /// <summary>Resumes a batch that was left.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="scenario">Its scenario.</param>
    /// <param name="isAutomatic">Whether no person wants it: one that is to be cancelled is left then.</param>
    public async Task<Result<OpenedBatch>> ResumeAsync(BatchRecord batch, Scenario scenario, bool isAutomatic)
    {
        var taken = await _intake.TakeAsync(batch, isOver: now => now.IsFinished);
        return taken.IsSuccess
            ? await taken.Value.OrGiveUpAsync(() => ResumeAsync(taken.Value, scenario, isAutomatic))
            : taken.Problem;
    }

    /// <summary>
    /// Reopens failed runs of a batch, as if they had never begun; those that are no success are asked again. Runs that have not
    /// begun stay as they are.
    /// </summary>
    public async Task<Result<OpenedBatch>> RetryAsync(BatchRecord batch, Scenario scenario, RetrySelection selection)
    {
        // Other processes may end a batch whose failures are tried again; only a cancel in between is the last word.
        var taken = await _intake.TakeAsync(
            batch,
            isOver: now => now.End == BatchEnd.Cancelled && now.End != batch.End
        );
        return taken.IsSuccess
            ? await taken.Value.OrGiveUpAsync(() => RetryAsync(taken.Value, scenario, selection))
            : taken.Problem;
    }

    private async Task<Result<OpenedBatch>> RetryAsync(ClaimedBatch taken, Scenario scenario, RetrySelection selection)
    {
        if (HookProblem(scenario) is { } problem)
        {
            return problem;
        }

        var (batch, claim, at) = (taken.Batch, taken.Claim, time.GetUtcNow());
        var failed = selection.Choose(reader.Runs(batch.Number), out var failure);
        if (failure is not null)
        {
            var why = $"{selection.Where?.Code} cannot be evaluated: {failure}";
            return new BatchProblem.InputBroken([new Diagnostic("--where", 0, 0, why)]);
        }

        // With the first of them the batch's end is gone: one that has an end has no run to do.
        var reopened = failed.Select(run => Reopen(run.Key, isNotSuccess: run.Value == RunErrorKind.NotSuccess));
        foreach (var group in Resumed(taken).Concat(reopened).Chunk(LargestGroup))
        {
            await writer.AppendAsync(group);
        }

        return Opened(taken, scenario, isRetry: true);

        JournalEntry Reopen(long index, bool isNotSuccess)
        {
            var run = Run.FromEvents(reader.Events(batch.Number, index));
            var again = RunCommandRules.Decide(run, new RunCommand.Reopen { AsksAgain = isNotSuccess }, at)!;
            return RunEventEntry.Next(batch.Number, scenario.Plan.Runs.From(index).First(), run, again) with
            {
                Epoch = claim.Epoch,
            };
        }
    }

    private async Task<Result<OpenedBatch>> ResumeAsync(ClaimedBatch taken, Scenario scenario, bool isAutomatic)
    {
        if (HookProblem(scenario) is { } problem)
        {
            return problem;
        }

        if (isAutomatic && taken.Controls.Cancel is not null)
        {
            return new BatchProblem.ToBeCancelled(taken.Batch.Id);
        }

        await writer.AppendAsync(Resumed(taken));
        return Opened(taken, scenario, isRetry: false);
    }

    /// <summary>A cancel that was asked for before the claim, and did not come about, is taken back; a younger one holds.</summary>
    private JournalEntry[] Resumed(ClaimedBatch taken)
    {
        var (batch, at) = (taken.Batch.Number, time.GetUtcNow());
        var resumed = new BatchResumed(batch, at) { Epoch = taken.Claim.Epoch };
        return taken.Controls.Cancel is null
            ? [resumed]
            : [resumed, new ControlsSet(batch, taken.Controls.TakeBack(at))];
    }

    private OpenedBatch Opened(ClaimedBatch taken, Scenario scenario, bool isRetry)
    {
        var batch = taken.Batch;
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
        return new OpenedBatch(batch, scenario, resume, taken.Claim)
        {
            Others = taken.Others,
            Controls = reader.Controls(batch.Number),
        };
    }

    /// <summary>The earlier runs, where a stop rule or a limit in medians learns from them.</summary>
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
}
