using System.CommandLine;
using System.Globalization;
using AimmsOrchestrator.Batches.Documents;
using AimmsOrchestrator.Batches.Status;
using AimmsOrchestrator.Cli.Parsing;
using AimmsOrchestrator.Cli.Remote;
using AimmsOrchestrator.Cli.Terminal;
using AimmsOrchestrator.Cli.Terminal.Tables;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Journal;

namespace AimmsOrchestrator.Cli.Commands.Inspection;

/// <summary>The batches of the workspace.</summary>
internal sealed class ListCommand : BaseCommand
{
    private readonly PlaceOptions _place = new();
    private readonly Option<bool> _json = SharedOptions.Json("the batches");

    public ListCommand(CommandServices services)
        : base(
            services,
            "list",
            "List the batches of the workspace or of a server, those that run first and the latest before older ones",
            "list",
            "list --workspace nights --json",
            "list --server https://batches.example.com"
        ) => Declare([.. _place.All, _json]);

    protected override async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellation)
    {
        using var server = _place.Server(parsed, Services);
        if (server is not null)
        {
            Write(await new RemoteBatches(server).ListAsync(cancellation), parsed.GetValue(_json));
            return ExitCode.Success;
        }

        var folder = SqliteWorkspace.OpenExisting(_place.Folder(parsed));
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
            .Select(BatchDocument.Of);
        Write(batches, parsed.GetValue(_json));
        return ExitCode.Success;
    }

    /// <summary>Writes batches, those that run first.</summary>
    private void Write(IEnumerable<BatchDocument> batches, bool asJson)
    {
        IReadOnlyList<BatchDocument> ordered = [.. batches.OrderBy(batch => !StateOf(batch).IsDriven())];
        if (asJson)
        {
            Screen.WriteJson(ordered, BatchJsonContext.Default.IReadOnlyListBatchDocument);
        }
        else
        {
            Show(ordered, Screen);
        }
    }

    private static BatchState StateOf(BatchDocument batch) =>
        Enum.GetValues<BatchState>().First(state => state.Word() == batch.State);

    private static string Pause(BatchDocument batch) =>
        batch.PausedSince is { } since
            ? $" ({(StateOf(batch) == BatchState.Paused ? "" : "paused ")}since {Minute(since)})"
            : "";

    /// <summary>A document's time to the minute, by the clock of this machine.</summary>
    private static string Minute(string moment) =>
        DateTimeOffset
            .Parse(moment, CultureInfo.InvariantCulture)
            .ToLocalTime()
            .ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static void Show(IReadOnlyList<BatchDocument> batches, Screen screen)
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
        foreach (var batch in batches)
        {
            table.Add(
                batch.Batch,
                Minute(batch.StartedAt),
                batch.Runs?.ToString(CultureInfo.InvariantCulture) ?? "?",
                batch.Completed.ToString(CultureInfo.InvariantCulture),
                batch.Failed.ToString(CultureInfo.InvariantCulture),
                SizeText.Of((batch.ResponseBytes ?? 0) + (batch.EventBytes ?? 0)),
                StateCell.Of(screen.Data, StateOf(batch), Pause(batch))
            );
        }

        table.Write(screen.Data);
    }
}
