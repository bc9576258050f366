using System.CommandLine;
using System.Text;
using AimmsOrchestrator.Cli.Running;
using AimmsOrchestrator.Cli.Terminal;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Journal;
using AimmsOrchestrator.Reports.Tables;

namespace AimmsOrchestrator.Cli.Commands;

/// <summary>The aggregated results of a batch, also while it runs.</summary>
internal sealed class ReportCommand : ExampleCommand
{
    public ReportCommand(Screen screen)
        : base(
            "report",
            "Write the results of a batch",
            "report",
            "report transport-whatif --format csv --output results.csv",
            "report transport-whatif-3 --format jsonl | jq .results.cost"
        )
    {
        var batch = SharedOptions.Batch();
        var workspace = SharedOptions.Workspace();
        var format = new Option<string>("--format")
        {
            Description = "table for people, csv or jsonl (a JSON object a run) for programs",
            DefaultValueFactory = _ => "table",
        };
        format.AcceptOnlyFromAmong("table", "csv", "jsonl");
        var output = new Option<FileInfo?>("--output")
        {
            Description = "The file to write; standard output if left out",
            HelpName = "FILE",
        };
        Arguments.Add(batch);
        Options.Add(format);
        Options.Add(output);
        Options.Add(workspace);

        SetAction(parsed =>
        {
            var folder = Workspace.OpenExisting(parsed.GetRequiredValue(workspace));
            using var reader = folder.OpenReader();
            var found = BatchLookup.Find(reader, parsed.GetValue(batch), parsed.GetRequiredValue(workspace));
            Write(screen, reader, found, parsed.GetRequiredValue(format), parsed.GetValue(output));
            return ExitCode.Success;
        });
    }

    private static void Write(Screen screen, IJournalReader reader, BatchRecord batch, string format, FileInfo? file)
    {
        var planned = batch.End == BatchEnd.AllRunsEnded ? null : KeptScenarios.Load(batch, reader)?.Plan.Runs;
        var waiting = batch.End == BatchEnd.Cancelled ? RunPhase.Cancelled : RunPhase.Pending;
        var columns = Columns.Of(batch, () => reader.Runs(batch.Number));
        var runs = reader.Runs(batch.Number).WithPending(planned, waiting);
        if (format == "table" && file is null)
        {
            ResultsView.Write(screen.Data, ReportTable.Of(columns, runs, int.MaxValue));
            return;
        }

        using var output = Open(file);
        switch (format)
        {
            case "jsonl":
                JsonLinesReport.Write(output, runs);
                break;

            case "csv":
                using (var text = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)))
                {
                    CsvReport.Write(text, columns, runs);
                }

                break;

            default:
                throw new UserErrorException(
                    "--output: a table is for the terminal; add --format csv or --format jsonl"
                );
        }
    }

    private static Stream Open(FileInfo? file)
    {
        try
        {
            return file is null ? Console.OpenStandardOutput() : file.Create();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"--output: {file} cannot be written: {e.Message}");
        }
    }
}
