using AimmsOrchestrator.Aimms;
using AimmsOrchestrator.Cli.Commands;
using AimmsOrchestrator.Cli.Planning;
using AimmsOrchestrator.Cli.Reporting;
using AimmsOrchestrator.Cli.Terminal;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Engine;
using AimmsOrchestrator.Engine.Batches;
using AimmsOrchestrator.Journal;
using AimmsOrchestrator.Scenarios;

namespace AimmsOrchestrator.Cli.Running;

/// <summary>Drives a scenario's batch from this process, from taking it on to its summary.</summary>
/// <param name="screen">Where output goes.</param>
/// <param name="workspaceFolder">Where batches live.</param>
/// <param name="time">The clock.</param>
/// <param name="wrap">What stands before the journal; nothing by default.</param>
internal sealed class BatchRunner(
    Screen screen,
    string workspaceFolder,
    TimeProvider time,
    Func<IJournalWriter, IJournalWriter>? wrap = null
)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(300);

    /// <summary>Runs a scenario: as a new batch, or as its latest one where that is unfinished and unchanged.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(Scenario scenario, ScenarioRun run, OutputOptions wanted)
    {
        wanted.Check();
        ReportFiles.Prepare(scenario.Report);
        var workspace = Workspace.OpenOrCreate(workspaceFolder);
        var (batch, outcome) = await OpenAndDriveAsync(workspace, scenario, intake => intake.Open(scenario, run));
        return await new BatchCompletion(screen, workspace, time).FollowAsync(scenario, batch, outcome, wanted);
    }

    /// <summary>Goes on with a batch from the workspace alone.</summary>
    /// <param name="name">The batch as a person names it; null for the latest.</param>
    /// <param name="isRetry">Whether what failed is tried again.</param>
    /// <param name="wanted">What the person wants to have at the end.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> ResumeAsync(string? name, bool isRetry, OutputOptions wanted)
    {
        wanted.Check();
        var workspace = Workspace.OpenExisting(workspaceFolder);
        var ending = new BatchCompletion(screen, workspace, time);
        using var reader = workspace.OpenReader();
        var batch = BatchLookup.Find(reader, name, workspaceFolder);
        var hasFailed = reader.CountByState(batch.Number).Failed > 0;
        if (isRetry ? !hasFailed : batch.IsFinished)
        {
            var standing = batch.End == BatchEnd.Cancelled ? "called off" : "finished";
            screen.Say(isRetry ? $"{batch.Id}: nothing failed" : $"{batch.Id} is {standing}: nothing is left to do");
            return await ending.RepeatAsync(batch, wanted);
        }

        var scenario = StoredScenarios.LoadToRun(batch, reader);
        ReportFiles.Prepare(scenario.Report);
        var (_, outcome) = await OpenAndDriveAsync(
            workspace,
            scenario,
            intake => isRetry ? intake.Retry(batch, scenario) : intake.Resume(batch, scenario)
        );
        return await ending.FollowAsync(scenario, batch, outcome, wanted);
    }

    /// <summary>
    /// Takes a batch on and drives it. When it returns the batch is left for good, free for others to take on: what follows
    /// may take its time, and whoever is told may go on with it.
    /// </summary>
    private async Task<(BatchRecord Batch, BatchOutcome Outcome)> OpenAndDriveAsync(
        Workspace workspace,
        Scenario scenario,
        Func<BatchOpener, OpenedBatch> take
    )
    {
        IJournalWriter opened = workspace.OpenWriter();
        using var writer = wrap?.Invoke(opened) ?? opened;
        using var reader = workspace.OpenReader();
        var taken = take(new BatchOpener(workspace, writer, reader, time));
        using var claim = taken.Claim;
        using var answers = workspace.OpenResultCache(taken.Batch.Number, taken.Batch.IsFresh);
        using var tasks = workspace.OpenTaskIndex(taken.Batch.Number);
        Announce(scenario, taken, reader.HasResults() ? answers : null);
        AnnounceTimes(scenario.Plan);

        await using var peer = await ServicePeer.StartAsync(scenario, time);
        using var client = new TaskServiceClient(peer.Endpoint, ServicePeer.ClientOptions(scenario.Plan.Limits), time);
        var assignment = new BatchAssignment
        {
            Batch = taken.Batch.Number,
            Plan = scenario.Plan,
            Resume = taken.Resume,
            Service = client,
            Writer = writer,
            Reader = reader,
            ResultCache = answers,
            Tasks = tasks,
            Observer = screen.Progress(),
        };
        return (taken.Batch, await DriveAsync(assignment, claim));
    }

    private void Announce(Scenario scenario, OpenedBatch taken, IResultCache? answers)
    {
        var id = taken.Batch.Id;
        var total = taken.Batch.RunCount is { } n ? $"{n} runs" : "";
        if (taken.Resume.Ended.Count > 0 || taken.Resume.Unfinished.Count > 0)
        {
            var of = total.Length > 0 ? $" of {total}" : "";
            screen.Say($"{id} goes on: {taken.Resume.Ended.Count}{of} done before");
            return;
        }

        var standing = answers is null ? null : PlanStatus.Of(scenario.Plan, answers);
        string[] parts = [id.ToString(), total, standing is { Done: > 0 } ? standing.ToString() : ""];
        screen.Say(string.Join(": ", parts.Where(part => part.Length > 0)));
    }

    private void AnnounceTimes(BatchPlan plan)
    {
        var now = time.GetUtcNow();
        if (plan.Limits.Window is { } window && window.UntilOpen(now) is var wait && wait > TimeSpan.Zero)
        {
            screen.Say($"submits wait for the window {window}, which opens in {wait.Text()}");
        }

        if (plan.StopAt?.After(now) is { } schedule)
        {
            screen.Say(
                $"stops in {(schedule.End - now).Text()}, at {plan.StopAt}: submits end {(schedule.End - schedule.SubmitsEnd).Text()} before, solvers are asked for their best solutions {(schedule.End - schedule.Drain).Text()} before"
            );
        }
    }

    private async Task<BatchOutcome> DriveAsync(BatchAssignment assignment, BatchClaim claim)
    {
        var progress = (IProgressView)assignment.Observer;
        using var telemetry = new TelemetryExport();
        await using var host = await EngineHost.StartAsync(time);
        await using var drive = host.Engine.Start(assignment);
        using var interruption = new Interruption(() =>
        {
            progress.Say(
                "Leaving once the submits under way are answered; Ctrl-C again ends at once. Nothing gets lost."
            );
            drive.Detach(new BatchStop(BatchEnd.Interrupted, "interrupted"));
        });
        await Task.WhenAll(progress.ShowAsync(drive.Outcome), WatchForRequestsAsync(claim, drive));
        return await drive.Outcome;
    }

    /// <summary>Leaves the batch when <c>cancel</c> asks for that from another process.</summary>
    private async Task WatchForRequestsAsync(BatchClaim claim, BatchExecution drive)
    {
        using var timer = new PeriodicTimer(BetweenLooks, time);
        while (!drive.Outcome.IsCompleted)
        {
            await Task.WhenAny(drive.Outcome, timer.WaitForNextTickAsync().AsTask());
            if (claim.IsAskedToLeave)
            {
                drive.Detach(new BatchStop(BatchEnd.Cancelled, "called off"));
                return;
            }
        }
    }
}
