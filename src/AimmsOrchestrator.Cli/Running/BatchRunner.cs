using AimmsOrchestrator.Aimms;
using AimmsOrchestrator.Cli.Terminal;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Engine;
using AimmsOrchestrator.Engine.Batches;
using AimmsOrchestrator.Journal;
using AimmsOrchestrator.Scenarios;

namespace AimmsOrchestrator.Cli.Running;

/// <summary>Drives a scenario's batch from this process, from taking it on to its summary.</summary>
internal sealed class BatchRunner(Screen screen, string workspaceFolder, TimeProvider time)
{
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(Scenario scenario, string file, ScenarioOverrides overrides, bool asJson)
    {
        var workspace = Workspace.OpenOrCreate(workspaceFolder);
        using var writer = workspace.OpenWriter();
        using var reader = workspace.OpenReader();
        var taken = new BatchIntake(workspace, writer, reader, time).TakeOn(scenario, file, overrides);
        using var claim = taken.Claim;
        Announce(taken);

        await using var peer = await ServicePeer.StartAsync(scenario, time);
        using var client = new TaskServiceClient(peer.Endpoint, ServicePeer.ClientOptions(scenario.Plan.Limits), time);
        var outcome = await DriveAsync(scenario, taken, client, writer, reader);

        using var results = workspace.OpenReader();
        return new BatchSummary(taken.Batch, outcome, file).Show(screen, results, asJson);
    }

    private void Announce(TakenBatch taken)
    {
        var total = taken.Batch.RunCount is { } n ? $" of {n} runs" : "";
        var done = taken.Resume.Ended.Count;
        screen.Say(
            done > 0 || taken.Resume.Unfinished.Count > 0
                ? $"{taken.Batch.Id} goes on: {done}{total} done before"
                : $"{taken.Batch.Id}{(total.Length > 0 ? $": {taken.Batch.RunCount} runs" : "")}"
        );
    }

    private async Task<BatchOutcome> DriveAsync(
        Scenario scenario,
        TakenBatch taken,
        ITaskService service,
        IJournalWriter writer,
        IJournalReader reader
    )
    {
        IProgressView progress = screen.IsTalkLive ? new LiveProgress(screen.Talk) : new PlainProgress(Console.Error);
        await using var host = await EngineHost.StartAsync(time);
        await using var drive = host.Engine.Start(
            new BatchAssignment
            {
                Batch = taken.Batch.Number,
                Plan = scenario.Plan,
                Resume = taken.Resume,
                Service = service,
                Writer = writer,
                Reader = reader,
                Observer = progress,
            }
        );
        using var interruption = new Interruption(() =>
        {
            progress.Say(
                "Leaving once the submits under way are answered; Ctrl-C again ends at once. Nothing gets lost."
            );
            drive.Leave();
        });
        await progress.ShowAsync(drive.Outcome);
        return await drive.Outcome;
    }
}
