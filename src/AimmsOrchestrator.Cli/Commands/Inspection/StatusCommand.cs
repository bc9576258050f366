using System.CommandLine;
using AimmsOrchestrator.Batches.Catalog;
using AimmsOrchestrator.Batches.Documents;
using AimmsOrchestrator.Batches.Status;
using AimmsOrchestrator.Batches.Views;
using AimmsOrchestrator.Cli.Parsing;
using AimmsOrchestrator.Cli.Remote;
using AimmsOrchestrator.Cli.Running;
using AimmsOrchestrator.Cli.Terminal;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Journal;

namespace AimmsOrchestrator.Cli.Commands.Inspection;

/// <summary>One batch, its runs and what they wait for.</summary>
internal sealed class StatusCommand : BaseCommand
{
    private readonly Argument<string?> _batch = SharedOptions.Batch();
    private readonly PlaceOptions _place = new();
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
        ) => Declare([_batch, .. _place.All, _json, _watch]);

    protected override async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellation)
    {
        using var server = _place.Server(parsed, Services);
        if (server is not null)
        {
            return await ShowAsync(server, parsed, cancellation);
        }

        var folder = _place.Folder(parsed);
        var workspace = SqliteWorkspace.OpenExisting(folder);
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

        var isJson = parsed.GetValue(_json);
        if (isJson || !isInterrupted)
        {
            // A person who has watched until then has seen it all.
            Show(StatusContents.Of(status, reader, Services.Time.GetUtcNow(), forPeople: !isJson), isJson);
        }

        return isInterrupted ? ExitCode.Interrupted : ExitCode.Success;
    }

    private async Task<int> ShowAsync(RemoteServer server, ParseResult parsed, CancellationToken cancellation)
    {
        var batches = new RemoteBatches(server);
        var id = (await batches.FindAsync(parsed.GetValue(_batch), cancellation, running: true)).Batch;
        var status = await batches.StatusAsync(id, cancellation);
        var isInterrupted = false;
        if (parsed.GetValue(_watch) && status.Holder is { } holder)
        {
            using var interruption = new Interruption(() => { });
            Screen.Say($"{id} is driven by {holder}; Ctrl-C ends the watching, not the batch");
            var progress = Screen.Progress();
            var following = new RemoteFollower(server, progress.Say).UntilOverAsync(
                id,
                progress,
                interruption.Requested
            );
            await Task.WhenAll(progress.ShowAsync(Task.WhenAny(following)), following);
            isInterrupted = interruption.Requested.IsCancellationRequested;
            status = isInterrupted ? status : await batches.StatusAsync(id, cancellation);
        }

        var isJson = parsed.GetValue(_json);
        if (isJson || !isInterrupted)
        {
            Show(status, isJson);
        }

        return isInterrupted ? ExitCode.Interrupted : ExitCode.Success;
    }

    private void Show(StatusContents contents, bool isJson)
    {
        if (isJson)
        {
            Screen.WriteJson(contents.Document, BatchJsonContext.Default.BatchDocument);
        }
        else
        {
            new StatusView(contents).Write(Screen.Data);
        }
    }

    private async Task<BatchStatus> WatchAsync(BatchRecord batch, BatchWatch watch, CancellationToken cancelled)
    {
        var progress = Screen.Progress();
        var watching = watch.UntilLeftAsync(batch, progress, cancelled);
        await progress.ShowAsync(watching);
        return await watching;
    }
}
