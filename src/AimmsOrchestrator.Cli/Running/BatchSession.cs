using AimmsOrchestrator.Batches.Catalog;
using AimmsOrchestrator.Batches.Documents;
using AimmsOrchestrator.Batches.Execution;
using AimmsOrchestrator.Batches.Hooks;
using AimmsOrchestrator.Batches.Problems;
using AimmsOrchestrator.Cli.Parsing;
using AimmsOrchestrator.Cli.Reporting;
using AimmsOrchestrator.Cli.Terminal;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Domain.Workspaces;
using AimmsOrchestrator.Journal;
using AimmsOrchestrator.Scenarios;

namespace AimmsOrchestrator.Cli.Running;

/// <summary>Runs, resumes or retries a batch in this process, and shows its progress and its results.</summary>
/// <param name="services">The command's.</param>
/// <param name="folder">The workspace as the user named it.</param>
/// <param name="wanted">What to write once the batch is left.</param>
internal sealed class BatchSession(CommandServices services, string folder, OutputOptions wanted)
{
    private readonly Screen _screen = services.Screen;
    private readonly TimeProvider _time = services.Time;

    /// <summary>Runs a scenario: as a new batch, or as its latest one where that is unfinished and unchanged.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="run">What the user says of it.</param>
    /// <param name="canary">How many of its first runs come before the question whether to continue; null for no question.</param>
    /// <returns>The exit code.</returns>
    public Task<int> RunAsync(Scenario scenario, ScenarioRun run, int? canary = null)
    {
        wanted.Check();
        ReportFiles.Prepare(scenario.Report);
        return ExecuteAsync(
            SqliteWorkspace.OpenOrCreate(folder),
            scenario,
            runner => runner.OpenAsync(scenario, run),
            canary
        );
    }

    /// <summary>Resumes a batch from the workspace alone.</summary>
    /// <param name="name">The batch as the user names it; null for the latest.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> ResumeAsync(string? name)
    {
        wanted.Check();
        var workspace = SqliteWorkspace.OpenExisting(folder);
        using var reader = workspace.OpenReader();
        var batch = BatchLookup.Find(reader, name).OrThrow(folder);
        if (batch.IsFinished)
        {
            return await RepeatAsync(workspace, new BatchProblem.Over(batch));
        }

        return await ExecuteAsync(workspace, batch, reader, (runner, scenario) => runner.ResumeAsync(batch, scenario));
    }

    /// <summary>Runs again what failed of a batch, from the workspace alone.</summary>
    /// <param name="name">The batch as the user names it; null for the latest.</param>
    /// <param name="request">Which of its failed runs.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RetryAsync(string? name, RetryRequest request)
    {
        wanted.Check();
        var workspace = SqliteWorkspace.OpenExisting(folder);
        using var reader = workspace.OpenReader();
        var batch = BatchLookup.Find(reader, name).OrThrow(folder);
        var selection = request.For(batch).OrThrow(folder);
        var chosen = selection.Choose(reader.Runs(batch.Number), out var failure);
        if (failure is not null)
        {
            throw new UserErrorException($"--where: {request.Where} cannot be evaluated: {failure}");
        }

        _screen.Say($"{batch.Id}: {request.Announcement(reader.CountFailures(batch.Number), chosen)}");
        if (chosen.Count == 0)
        {
            return await new BatchCompletion(services, workspace, wanted).RepeatAsync(batch);
        }

        return await ExecuteAsync(
            workspace,
            batch,
            reader,
            (runner, scenario) => runner.RetryAsync(batch, scenario, selection.Among(chosen))
        );
    }

    private async Task<int> ExecuteAsync(
        IWorkspace workspace,
        BatchRecord batch,
        IJournalReader reader,
        Func<BatchRunner, Scenario, Task<Result<OpenedBatch>>> open
    )
    {
        var walk = new WalkReport(batch.SourceFile, _screen, _time);
        var scenario = StoredScenarios.LoadToRun(batch, reader, walk.Show).OrThrow(folder);
        ReportFiles.Prepare(scenario.Report);
        return await ExecuteAsync(workspace, scenario, OpenAsync);

        async Task<Result<OpenedBatch>> OpenAsync(BatchRunner runner)
        {
            // Runs that are tried again are looked up in the sweep here.
            var opened = await open(runner, scenario);
            walk.End();
            return opened;
        }
    }

    private async Task<int> ExecuteAsync(
        IWorkspace workspace,
        Scenario scenario,
        Func<BatchRunner, Task<Result<OpenedBatch>>> open,
        int? canary = null
    )
    {
        try
        {
            return await OpenAndExecuteAsync(workspace, scenario, open, canary);
        }
        catch (HookPortException e)
        {
            throw new UserErrorException(e.Message, e);
        }
    }

    private async Task<int> OpenAndExecuteAsync(
        IWorkspace workspace,
        Scenario scenario,
        Func<BatchRunner, Task<Result<OpenedBatch>>> open,
        int? canary
    )
    {
        OpenedBatch opened;
        BatchOutcome outcome;
        using (var runner = new BatchRunner(workspace, _time, services.WrapJournal))
        {
            await using var host = EngineHost.Start(_time);
            var result = await open(runner);
            if (result.Problem is BatchProblem.Over over)
            {
                return await RepeatAsync(workspace, over);
            }

            opened = result.OrThrow(folder);
            Announce(opened, runner);
            AnnounceControls(opened);
            Warn(opened);
            AnnounceTimes(scenario.Plan);
            outcome = await ExecuteAsync(runner, scenario, host, canary);
        }

        if (canary is { } first && new Canary(_screen, workspace, scenario, first).MayContinue(opened.Batch, outcome))
        {
            return await OpenAndExecuteAsync(
                workspace,
                scenario,
                runner => runner.ResumeAsync(opened.Batch, scenario, isAutomatic: true),
                canary: null
            );
        }

        // Any process may resume the batch now: what follows can take its time, and so can those who are notified.
        return await new BatchCompletion(services, workspace, wanted).FollowAsync(scenario, opened.Batch, outcome);
    }

    private Task<int> RepeatAsync(IWorkspace workspace, BatchProblem.Over over)
    {
        _screen.Say(ProblemText.Line(over, folder));
        return new BatchCompletion(services, workspace, wanted).RepeatAsync(over.Batch);
    }

    private async Task<BatchOutcome> ExecuteAsync(BatchRunner runner, Scenario scenario, EngineHost host, int? only)
    {
        var progress = _screen.Progress();
        using var telemetry = new TelemetryExport(new KeyRedactor(scenario.ApiKey));
        var engine = await host.EngineAsync();
        using var interruption = new Interruption(() =>
            progress.Say(
                "Leaving once the submits under way are answered; Ctrl-C again ends at once. Nothing gets lost."
            )
        );
        var execution = runner.ExecuteAsync(engine, progress, interruption.Requested, only);
        await Task.WhenAll(progress.ShowAsync(execution), execution);
        return await execution;
    }

    private void Announce(OpenedBatch opened, BatchRunner runner)
    {
        var (id, runs) = (opened.Batch.Id.Value, opened.Batch.RunCount);
        if (opened.HasBegun)
        {
            _screen.Say(Announcement.Resume(id, runs, opened.Resume.Ended.Count));
            return;
        }

        var found = runner.LookUpResults() is { } status ? PlanStatusDocument.Of(status) : null;
        foreach (var line in Announcement.Begin(id, runs, found))
        {
            _screen.Say(line);
        }
    }

    /// <summary>What people set of it earlier, and still holds.</summary>
    private void AnnounceControls(OpenedBatch opened)
    {
        var controls = opened.Controls;
        foreach (var line in Announcement.Controls(opened.Batch.Id.Value, controls.Limits, controls.Pause))
        {
            _screen.Say(line);
        }
    }

    /// <summary>Says what no claim keeps apart.</summary>
    private void Warn(OpenedBatch opened)
    {
        foreach (var other in opened.Others)
        {
            _screen.Complain(
                $"{other.Batch} is driven at the same service by {other.Holder}: together they keep to limits.concurrency and limits.unconfirmed, their rates add up"
            );
        }

        if (!opened.Claim.IsExclusive)
        {
            _screen.Complain(
                $"{folder}: this file system has no locks, so processes that start a batch at the same time are not kept apart; name a folder on a local disk with --workspace"
            );
        }
    }

    private void AnnounceTimes(BatchPlan plan)
    {
        var now = _time.GetUtcNow();
        if (plan.Limits.Window is { } window && window.UntilOpen(now) is var wait && wait > TimeSpan.Zero)
        {
            _screen.Say($"submits wait for the window {window}, which opens in {wait.Text()}");
        }

        if (plan.StopAt?.After(now) is { } schedule)
        {
            _screen.Say(
                $"stops in {(schedule.End - now).Text()}, at {plan.StopAt}: submits end {(schedule.End - schedule.SubmitsEnd).Text()} before, solvers are asked for their best solutions {(schedule.End - schedule.Drain).Text()} before"
            );
        }
    }
}
