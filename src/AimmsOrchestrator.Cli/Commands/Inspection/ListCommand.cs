using System.CommandLine;
using System.Globalization;
using AimmsOrchestrator.Batches.Documents;
using AimmsOrchestrator.Batches.Status;
using AimmsOrchestrator.Cli.Parsing;
using AimmsOrchestrator.Cli.Terminal;
using AimmsOrchestrator.Cli.Terminal.Tables;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Journal;

namespace AimmsOrchestrator.Cli.Commands.Inspection;

/// <summary>The batches of the workspace.</summary>
internal sealed class ListCommand : BaseCommand
{
    private readonly Option<string> _workspace = SharedOptions.Workspace();
    private readonly Option<bool> _json = SharedOptions.Json("the batches");

    public ListCommand(CommandServices services)
        : base(
            services,
            "list",
            "List the batches of the workspace, those that run first and the latest before older ones",
            "list",
            "list --workspace nights --json"
        ) => Declare(_workspace, _json);

    protected override Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var folder = Workspace.OpenExisting(parsed.GetRequiredValue(_workspace));
        using var reader = folder.OpenReader();
        var sizes = reader.Sizes();
        var batches = reader
            .Batches()
            .Select(b =>
                BatchStatus.Of(b, reader, folder) with
                {
                    Size = sizes.GetValueOrDefault(b.Number, StoredSize.None),
                }
            )
            .OrderBy(status => !status.State.IsDriven())
            .ToList();
        if (parsed.GetValue(_json))
        {
            Screen.WriteJson(
                [.. batches.Select(BatchDocument.Of)],
                BatchJsonContext.Default.IReadOnlyListBatchDocument
            );
        }
        else
        {
            Show(batches, Screen);
        }

        return Task.FromResult(ExitCode.Success);
    }

    private static string Pause(BatchStatus status) =>
        status.PausedSince is { } since
            ? $" ({(status.State == BatchState.Paused ? "" : "paused ")}since {since.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)})"
            : "";

    private static void Show(List<BatchStatus> batches, Screen screen)
    {
        if (batches.Count == 0)
        {
            screen.Say("No batches yet.");
            return;
        }

        var table = new FittedTable([
            new("batch", 6),
            new("started", 2),
            new("runs", 4) { IsNumeric = true },
            new("completed", 1) { IsNumeric = true },
            new("failed", 3) { IsNumeric = true },
            new("size", 1) { IsNumeric = true },
            new("state", 5),
        ]);
        foreach (var s in batches)
        {
            table.Add(
                s.Batch.Id.Value,
                s.Batch.StartedAt.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
                s.Batch.RunCount?.ToString(CultureInfo.InvariantCulture) ?? "?",
                s.Counts.Completed.ToString(CultureInfo.InvariantCulture),
                s.Counts.Failed.ToString(CultureInfo.InvariantCulture),
                SizeText.Of(s.Size?.Total ?? 0),
                StateCell.Of(screen.Data, s.State, Pause(s))
            );
        }

        table.Write(screen.Data);
    }
}
