using System.CommandLine;
using AimmsOrchestrator.Batches.Upkeep;
using AimmsOrchestrator.Cli.Commands.Serving;
using AimmsOrchestrator.Cli.Parsing;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Scenarios.Reading.Sections;

namespace AimmsOrchestrator.Cli.Commands.Upkeep;

/// <summary>Frees the workspace of what is old: responses, and on request whole batches.</summary>
internal sealed class PruneCommand : BaseCommand
{
    private readonly Option<string?> _olderThan = new("--older-than")
    {
        Description = "Batches that were left longer ago, such as 30d",
        HelpName = "DURATION",
    };
    private readonly Option<int?> _keep = new("--keep")
    {
        Description = "The latest batches of each scenario that stay as they are",
        HelpName = "N",
    };
    private readonly Option<bool> _responses = new("--responses")
    {
        Description = "Only the responses, as without any option; the results stay",
    };
    private readonly Option<bool> _results = new("--results") { Description = "The results too: whole batches" };
    private readonly WorkspacePlace _place = new();
    private readonly RemovalDialog _dialog;

    public PruneCommand(CommandServices services)
        : base(
            services,
            "prune",
            "Free the workspace of old batches' responses, and with --results of the batches",
            "prune --older-than 30d --keep 5",
            "prune --keep 20 --results --yes",
            "prune --older-than 90d --database \"Host=db.example.com;Database=aimms;Username=aimms\""
        )
    {
        _dialog = new RemovalDialog(services);
        _olderThan.Validators.Add(r =>
        {
            if (r.Tokens is [{ Value: var written }] && Age(written) is null)
            {
                r.AddError($"--older-than: \"{written}\" is not a duration; write 30d or 12h");
            }
        });
        _keep.Validators.Add(r =>
        {
            if (r.TryGet<int?>(out var kept) && kept < 0)
            {
                r.AddError("--keep: 0 or more");
            }
        });
        Validators.Add(r =>
        {
            if (r.GetResult(_olderThan) is null && r.GetResult(_keep) is null)
            {
                r.AddError("prune: say what is old: --older-than 30d, --keep 5, or both");
            }

            if (r.GetResult(_responses) is not null && r.GetResult(_results) is not null)
            {
                r.AddError("prune: either --responses or --results");
            }
        });
        Declare([
            _olderThan,
            _keep,
            _responses,
            _results,
            .. _place.All,
            _dialog.Unfinished,
            _dialog.Yes,
            _dialog.Json,
        ]);
    }

    protected override async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellation)
    {
        _place.RefuseServer(parsed, Services, "prune", "batches are removed where their workspace is");
        var workspace = _place.OpenExisting(parsed, Services.Time);
        await using var closed = workspace as IAsyncDisposable;
        var rule = new PruneRule(
            parsed.GetValue(_olderThan) is { } age ? Age(age) : null,
            parsed.GetValue(_keep),
            parsed.GetValue(_dialog.Unfinished)
        );
        using var reader = workspace.OpenReader();
        var responsesAlone = !parsed.GetValue(_results);
        var sizes = reader.Sizes();
        var chosen = rule.Choose(reader.Batches(), Services.Time.GetUtcNow())
            .Where(batch => workspace.HolderOf(batch.Id) is null)
            .Where(batch => !responsesAlone || sizes.GetValueOrDefault(batch.Number, StoredSize.None).Responses > 0)
            .ToList();
        reader.Dispose();
        if (chosen.Count == 0)
        {
            await new BatchRemoval(workspace, Services.Time).FinishAsync();
            return _dialog.SayNothing(
                parsed,
                responsesAlone,
                responsesAlone
                    ? "Nothing to free: no batch that is old enough and finished has responses; --results removes whole batches."
                    : "Nothing to remove: no batch is old enough and finished."
            );
        }

        return await _dialog.RemoveAsync(parsed, workspace, _place.NameOf(parsed, workspace), chosen, responsesAlone);
    }

    private static TimeSpan? Age(string written) => WrittenDuration.Parse(written);
}
