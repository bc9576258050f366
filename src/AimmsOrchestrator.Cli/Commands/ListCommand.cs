using System.Globalization;
using AimmsOrchestrator.Cli.Running;
using AimmsOrchestrator.Cli.Terminal;
using AimmsOrchestrator.Journal;
using Spectre.Console;

namespace AimmsOrchestrator.Cli.Commands;

/// <summary>The batches of the workspace.</summary>
internal sealed class ListCommand : ExampleCommand
{
    public ListCommand(Screen screen)
        : base("list", "List the batches of the workspace, the latest first", "list", "list --workspace nights --json")
    {
        var workspace = SharedOptions.Workspace();
        var json = SharedOptions.Json("the batches");
        Options.Add(workspace);
        Options.Add(json);

        SetAction(parsed =>
        {
            var folder = Workspace.OpenExisting(parsed.GetRequiredValue(workspace));
            using var reader = folder.OpenReader();
            var standings = reader.Batches().Select(b => BatchStatus.Of(b, reader, folder)).ToList();
            if (parsed.GetValue(json))
            {
                JsonOutput.Write(writer =>
                {
                    writer.WriteStartArray();
                    foreach (var standing in standings)
                    {
                        standing.WriteTo(writer);
                    }

                    writer.WriteEndArray();
                });
            }
            else
            {
                Show(standings, screen);
            }

            return ExitCode.Success;
        });
    }

    private static void Show(List<BatchStatus> standings, Screen screen)
    {
        if (standings.Count == 0)
        {
            screen.Say("No batches yet.");
            return;
        }

        var table = new Table().Border(TableBorder.Simple);
        table.AddColumns("batch", "started", "runs", "completed", "failed", "state");
        foreach (var s in standings)
        {
            table.AddRow(
                Markup.Escape(s.Batch.Id.Value),
                s.Batch.StartedAt.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
                s.Batch.RunCount?.ToString(CultureInfo.InvariantCulture) ?? "?",
                s.Counts.Completed.ToString(CultureInfo.InvariantCulture),
                s.Counts.Failed.ToString(CultureInfo.InvariantCulture),
                Markup.Escape(s.State)
            );
        }

        screen.Data.Write(table);
    }
}
