using System.CommandLine;
using AimmsOrchestrator.Batches.Catalog;
using AimmsOrchestrator.Batches.Control;
using AimmsOrchestrator.Batches.Documents;
using AimmsOrchestrator.Cli.Parsing;
using AimmsOrchestrator.Cli.Remote;
using AimmsOrchestrator.Cli.Terminal;
using AimmsOrchestrator.Domain.Batches.Control;
using AimmsOrchestrator.Journal;

namespace AimmsOrchestrator.Cli.Commands.Control;

/// <summary>Pauses a batch, or lets a paused one continue.</summary>
internal sealed class PauseCommand : BaseCommand
{
    private readonly Argument<string?> _batch = SharedOptions.Batch();
    private readonly PlaceOptions _place = new();
    private readonly bool _isPause;

    private PauseCommand(
        CommandServices services,
        bool isPause,
        string name,
        string description,
        params string[] examples
    )
        : base(services, name, description, examples)
    {
        _isPause = isPause;
        Declare([_batch, .. _place.All]);
    }

    /// <summary>The command <c>pause</c>.</summary>
    public static PauseCommand Pause(CommandServices services) =>
        new(
            services,
            isPause: true,
            "pause",
            "Submit nothing more until `continue`; tasks under way are polled and their results retrieved",
            "pause",
            "pause transport-whatif-3"
        );

    /// <summary>The command <c>continue</c>.</summary>
    public static PauseCommand Continue(CommandServices services) =>
        new(
            services,
            isPause: false,
            "continue",
            "Submit again after a pause",
            "continue",
            "continue transport-whatif-3"
        );

    protected override async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellation)
    {
        using var server = _place.Server(parsed, Services);
        if (server is not null)
        {
            return await ChangeAsync(server, parsed.GetValue(_batch), cancellation);
        }

        var folder = _place.Folder(parsed);
        var workspace = SqliteWorkspace.OpenExisting(folder);
        using var reader = workspace.OpenReader();
        var name = parsed.GetValue(_batch);
        var running = name is null ? BatchLookup.FindRunning(reader, workspace) : null;
        var batch = running ?? BatchLookup.Find(reader, name).OrThrow(folder);
        var controls = new BatchControls(workspace, Services.Time);
        var result = _isPause
            ? await controls.PauseAsync(batch, Author.OfThisProcess)
            : await controls.ContinueAsync(batch, Author.OfThisProcess);
        var controlled = result.OrThrow(folder);
        return Conclude(
            new Outcome(
                controlled.Batch.Id.Value,
                controlled.HasChanged,
                controlled.Holder?.ToString(),
                controlled.Log.Pause
            )
        );
    }

    private async Task<int> ChangeAsync(RemoteServer server, string? name, CancellationToken cancellation)
    {
        var batches = new RemoteBatches(server);
        var id = (await batches.FindAsync(name, cancellation, running: true)).Batch;
        var before = await batches.StatusAsync(id, cancellation);
        await server.SendAsync(
            $"{RemoteBatches.PathOf(id)}/{(_isPause ? "pause" : "continue")}",
            body: null,
            BatchJsonContext.Default.BatchDocument,
            cancellation
        );
        var after = await batches.StatusAsync(id, cancellation);
        return Conclude(new Outcome(id, before.Pause is null == _isPause, after.Holder, after.Pause));
    }

    private int Conclude(Outcome outcome)
    {
        Screen.Say(_isPause ? Paused(outcome) : Continued(outcome));
        return ExitCode.Success;
    }

    /// <summary>What became of it.</summary>
    private sealed record Outcome(string Batch, bool HasChanged, string? Holder, ControlSetting? Pause);

    private static string Paused(Outcome paused)
    {
        var id = paused.Batch;
        return (paused, paused.Pause) switch
        {
            ({ HasChanged: false }, { } pause) =>
                $"{id} is paused already, since {pause.At.Moment()} by {pause.Author}",
            ({ Holder: { } holder }, _) =>
                $"{id} is paused, driven by {holder}: nothing more is submitted, and the results of tasks under way are retrieved; `aimms-batch continue {id}` continues",
            _ =>
                $"{id} is paused, and no process drives it: `aimms-batch resume {id}` retrieves the results of tasks under way, and submits nothing until `aimms-batch continue {id}`",
        };
    }

    private static string Continued(Outcome continued)
    {
        var id = continued.Batch;
        return continued switch
        {
            { HasChanged: false, Holder: null } =>
                $"{id} is not paused; no process drives it: `aimms-batch resume {id}` continues it",
            { HasChanged: false } => $"{id} is not paused",
            { Holder: { } holder } => $"{id} continues, driven by {holder}",
            _ => $"{id} is no longer paused; no process drives it: `aimms-batch resume {id}` continues it",
        };
    }
}
