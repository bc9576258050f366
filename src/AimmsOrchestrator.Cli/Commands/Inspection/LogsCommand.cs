using System.CommandLine;
using System.Globalization;
using AimmsOrchestrator.Batches.Catalog;
using AimmsOrchestrator.Batches.Services;
using AimmsOrchestrator.Cli.Parsing;
using AimmsOrchestrator.Cli.Remote;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Journal;

namespace AimmsOrchestrator.Cli.Commands.Inspection;

/// <summary>The log of a run's task, as the service wrote it.</summary>
internal sealed class LogsCommand : BaseCommand
{
    private readonly Argument<string> _batch = new("BATCH") { Description = "A batch's id, or a scenario's name" };
    private readonly Argument<string> _run = new("RUN") { Description = "A run's index, from 0, or its name" };
    private readonly Option<int?> _tail = new("--tail") { Description = "Print the last N lines only", HelpName = "N" };
    private readonly PlaceOptions _place = new();

    public LogsCommand(CommandServices services)
        : base(
            services,
            "logs",
            "Print the log of a run's task, as the AIMMS Cloud keeps it; those of failed tasks are kept here too",
            "logs transport-whatif 12",
            "logs transport-whatif \"freight=80 growth=1.1\" --tail 20"
        ) => Declare([_batch, _run, _tail, .. _place.All]);

    protected override async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellation)
    {
        if (parsed.GetValue(_tail) is { } lines and < 1)
        {
            throw new UserErrorException(
                string.Create(CultureInfo.InvariantCulture, $"--tail: {lines} is not a number of lines; from 1")
            );
        }

        _place.RefuseServer(parsed, Services, "logs", "logs are read where the workspace of the batch is");
        var folder = _place.Folder(parsed);
        var workspace = SqliteWorkspace.OpenExisting(folder);
        using var reader = workspace.OpenReader();
        var batch = BatchLookup.Find(reader, parsed.GetRequiredValue(_batch)).OrThrow(folder);
        var run = RunLookup.Find(reader, batch, parsed.GetRequiredValue(_run)).OrThrow(folder);
        var log = (await new TaskLogLookup(workspace, Services.Time).FindAsync(batch, run, cancellation)).OrThrow(
            folder
        );
        Print(log, parsed.GetValue(_tail));
        return ExitCode.Success;
    }

    private void Print(StoredLog log, int? tail)
    {
        using var output = new StreamWriter(Screen.OpenOutput());
        var lines = log.Text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        foreach (var line in lines.TakeLast(tail ?? lines.Length))
        {
            output.WriteLine(line);
        }
    }
}
