using System.CommandLine;
using AimmsOrchestrator.Batches.Catalog;
using AimmsOrchestrator.Cli.Commands.Serving;
using AimmsOrchestrator.Cli.Parsing;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Workspaces;

namespace AimmsOrchestrator.Cli.Commands.Upkeep;

/// <summary>Removes batches from the workspace.</summary>
internal sealed class RemoveCommand : BaseCommand
{
    private readonly Argument<string[]> _batches = new("BATCH")
    {
        Description = "The batches' ids; a scenario's name stands for its latest batch",
        Arity = ArgumentArity.OneOrMore,
    };
    private readonly WorkspacePlace _place = new();
    private readonly Option<bool> _responses = new("--responses")
    {
        Description = "Only the responses, which take the most space; the results stay",
    };
    private readonly RemovalDialog _dialog;

    public RemoveCommand(CommandServices services)
        : base(
            services,
            "rm",
            "Remove batches from the workspace, and give their space back",
            "rm transport-whatif-3",
            "rm transport-whatif-1 transport-whatif-2 --responses --yes"
        )
    {
        _batches.RefuseOptions();
        _dialog = new RemovalDialog(services);
        Declare([_batches, .. _place.All, _responses, _dialog.Unfinished, _dialog.Yes, _dialog.Json]);
    }

    protected override async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellation)
    {
        _place.RefuseServer(parsed, Services, "rm", "batches are removed where their workspace is");
        var workspace = _place.OpenExisting(parsed, Services.Time);
        await using var closed = workspace as IAsyncDisposable;
        var name = _place.NameOf(parsed, workspace);
        var batches = Find(workspace, name, parsed.GetRequiredValue(_batches));
        return await _dialog.RemoveAsync(parsed, workspace, name, batches, parsed.GetValue(_responses));
    }

    /// <exception cref="UserErrorException">Some are not there: one line for each.</exception>
    private static List<BatchRecord> Find(IWorkspace workspace, string place, IReadOnlyList<string> names)
    {
        using var reader = workspace.OpenReader();
        var found = names.Select(name => BatchLookup.Find(reader, name)).ToList();
        var problems = found
            .Where(result => !result.IsSuccess)
            .Select(result => ProblemText.Line(result.Problem!, place));
        if (string.Join(Environment.NewLine, problems) is { Length: > 0 } lines)
        {
            throw new UserErrorException(lines);
        }

        return [.. found.Select(result => result.Value!).DistinctBy(batch => batch.Number)];
    }
}
