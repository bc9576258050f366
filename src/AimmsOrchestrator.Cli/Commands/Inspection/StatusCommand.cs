using System.CommandLine;
using AimmsOrchestrator.Batches.Catalog;
using AimmsOrchestrator.Batches.Documents;
using AimmsOrchestrator.Batches.Status;
using AimmsOrchestrator.Cli.Parsing;
using AimmsOrchestrator.Cli.Running;
using AimmsOrchestrator.Cli.Terminal;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Journal;

namespace AimmsOrchestrator.Cli.Commands.Inspection;

/// <summary>One batch, its runs and what they wait for.</summary>
internal sealed class StatusCommand : BaseCommand
{
    private readonly Argument<string?> _batch = SharedOptions.Batch();
    private readonly Option<string> _workspace = SharedOptions.Workspace();
    private readonly Option<bool> _json = SharedOptions.Json("where the batch stands");
    private readonly Option<bool> _watch = new("--watch")
    {
        Description = "Stay and show its progress for as long as any process drives it",
    };

    public StatusCommand(CommandServices services)
        : base(
            services,
            "status",
            "Show where a batch stands, its runs under way and what they wait for",
            "status",
            "status transport-whatif --watch",
            "status transport-whatif-3 --json"
        ) => Declare(_batch, _workspace, _json, _watch);

    protected override async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var folder = parsed.GetRequiredValue(_workspace);
        var workspace = Workspace.OpenExisting(folder);
        using var reader = workspace.OpenReader();
        var name = parsed.GetValue(_batch);
        var running = name is null ? BatchLookup.FindRunning(reader, workspace) : null;
        var batch = running ?? BatchLookup.Find(reader, name).OrThrow(folder);
        var status = BatchStatus.Of(batch, reader, workspace);
        var isInterrupted = false;
        if (parsed.GetValue(_watch) && status.Holder is not null)
        {
            using var interruption = new Interruption(() => { });
            Screen.Say($"{batch.Id} is driven by {status.Holder}; Ctrl-C ends the watching, not the batch");
            status = await WatchAsync(batch, new BatchWatch(workspace, reader, Services.Time), interruption.Requested);
            isInterrupted = interruption.Requested.IsCancellationRequested;
        }

        var runs = reader.RunsUnderWay(batch.Number);
        if (parsed.GetValue(_json))
        {
            var document = BatchDocument.Of(status) with
            {
                UnderWay = RunUnderWayDocument.Of(runs, reader.Solves(batch.Number)),
            };
            Screen.WriteJson(document, BatchJsonContext.Default.BatchDocument);
        }
        else if (!isInterrupted)
        {
            // A person who has watched until then has seen it all.
            new StatusView(status, runs, reader, Services.Time).Write(Screen.Data);
        }

        return isInterrupted ? ExitCode.Interrupted : ExitCode.Success;
    }

    private async Task<BatchStatus> WatchAsync(BatchRecord batch, BatchWatch watch, CancellationToken cancelled)
    {
        var progress = Screen.Progress();
        var watching = watch.UntilLeftAsync(batch, progress, cancelled);
        await progress.ShowAsync(watching);
        return await watching;
    }
}
