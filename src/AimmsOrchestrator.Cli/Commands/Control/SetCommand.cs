using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using AimmsOrchestrator.Batches.Catalog;
using AimmsOrchestrator.Batches.Control;
using AimmsOrchestrator.Batches.Documents;
using AimmsOrchestrator.Cli.Parsing;
using AimmsOrchestrator.Cli.Remote;
using AimmsOrchestrator.Domain.Batches.Control;
using AimmsOrchestrator.Journal;

namespace AimmsOrchestrator.Cli.Commands.Control;

/// <summary>Changes limits of a batch, also while a process drives it.</summary>
internal sealed class SetCommand : BaseCommand
{
    private readonly Argument<string> _batch = new("BATCH")
    {
        Description = "A batch's id, or a scenario's name for its latest batch",
    };
    private readonly Argument<string[]> _settings = new("KEY=VALUE")
    {
        Description =
            $"{string.Join(", ", ControlNames.Limits)}, with a value as in a scenario; none for no rate; priority=high, normal or low",
        Arity = ArgumentArity.OneOrMore,
    };
    private readonly PlaceOptions _place = new();

    public SetCommand(CommandServices services)
        : base(
            services,
            "set",
            "Change limits of a batch, also while it runs; they hold until they are changed again",
            "set transport-whatif-3 limits.concurrency=4",
            "set transport-whatif limits.concurrency=auto limits.submits=30/min"
        )
    {
        _settings.RefuseOptions();
        Declare([_batch, _settings, .. _place.All]);
    }

    protected override async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellation)
    {
        using var server = _place.Server(parsed, Services);
        if (server is not null)
        {
            return await SetAsync(server, parsed, cancellation);
        }

        var folder = _place.Folder(parsed);
        var workspace = SqliteWorkspace.OpenExisting(folder);
        using var reader = workspace.OpenReader();
        var batch = BatchLookup.Find(reader, parsed.GetRequiredValue(_batch)).OrThrow(folder);
        var changes = parsed.GetRequiredValue(_settings).Select(Change).ToList();
        var controls = new BatchControls(workspace, Services.Time);
        var set = (await controls.SetAsync(batch, changes, Author.OfThisProcess)).OrThrow(folder);
        return Conclude(batch.Id.Value, changes, set.Holder?.ToString());
    }

    private async Task<int> SetAsync(RemoteServer server, ParseResult parsed, CancellationToken cancellation)
    {
        var batches = new RemoteBatches(server);
        var id = (await batches.FindAsync(parsed.GetRequiredValue(_batch), cancellation)).Batch;
        var settings = parsed.GetRequiredValue(_settings);
        var body = new JsonObject
        {
            ["set"] = new JsonArray([.. settings.Select(setting => JsonValue.Create(setting))]),
        };
        await server.SendAsync(
            RemoteBatches.PathOf(id),
            () => new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"),
            BatchJsonContext.Default.BatchDocument,
            cancellation,
            HttpMethod.Patch
        );
        var status = await batches.StatusAsync(id, cancellation);
        return Conclude(id, [.. settings.Select(Change)], status.Holder);
    }

    private int Conclude(string batch, IReadOnlyList<KeyValuePair<string, string>> changes, string? holder)
    {
        var what = string.Join(", ", changes.Select(change => $"{change.Key} is {change.Value.Trim()}"));
        Screen.Say(
            holder is not null
                ? $"{batch}: {what} from now on, driven by {holder}"
                : $"{batch}: {what} once it is resumed; no process drives it"
        );
        return ExitCode.Success;
    }

    private static KeyValuePair<string, string> Change(string written)
    {
        var equals = written.IndexOf('=', StringComparison.Ordinal);
        return equals < 0
            ? KeyValuePair.Create(written.Trim(), "")
            : KeyValuePair.Create(written[..equals].Trim(), written[(equals + 1)..]);
    }
}
