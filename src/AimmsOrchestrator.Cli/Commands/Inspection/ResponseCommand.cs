using System.CommandLine;
using System.Globalization;
using AimmsOrchestrator.Batches.Catalog;
using AimmsOrchestrator.Cli.Parsing;
using AimmsOrchestrator.Cli.Reporting;
using AimmsOrchestrator.Cli.Terminal;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Policies;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Journal;
using AimmsOrchestrator.Scenarios.Diagnostics;

namespace AimmsOrchestrator.Cli.Commands.Inspection;

/// <summary>The response of a run as it came, or those of a whole batch as files.</summary>
internal sealed class ResponseCommand : BaseCommand
{
    private readonly Argument<string> _batch = new("BATCH") { Description = "A batch's id, or a scenario's name" };
    private readonly Argument<string?> _run = new("RUN")
    {
        Description = "A run's index, from 0, or its name",
        Arity = ArgumentArity.ZeroOrOne,
    };
    private readonly Option<DirectoryInfo?> _export = new("--export")
    {
        Description = "The folder to write every response of the batch to, one file each",
        HelpName = "DIR",
    };
    private readonly Option<string> _workspace = SharedOptions.Workspace();

    public ResponseCommand(CommandServices services)
        : base(
            services,
            "response",
            "Print a run's response as it came, or write those of a whole batch as files",
            "response transport-whatif 12",
            "response transport-whatif \"freight=80 growth=1.1\"",
            "response transport-whatif --export responses"
        ) => Declare(_batch, _run, _export, _workspace);

    protected override Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var folder = parsed.GetRequiredValue(_workspace);
        using var reader = Workspace.OpenExisting(folder).OpenReader();
        var batch = BatchLookup.Find(reader, parsed.GetRequiredValue(_batch)).OrThrow(folder);
        switch (parsed.GetValue(_run), parsed.GetValue(_export))
        {
            case ({ } name, null):
                Print(reader, batch, RunLookup.Find(reader, batch, name).OrThrow(folder));
                break;

            case (null, { } directory):
                Export(reader, batch, directory, Screen);
                Warn(reader.Runs(batch.Number).Count(HoldsKey));
                break;

            default:
                throw new UserErrorException("response: name a RUN, or --export DIR for all of them");
        }

        return Task.FromResult(ExitCode.Success);
    }

    private void Print(IJournalReader reader, BatchRecord batch, RunRecord run)
    {
        using var output = Screen.OpenOutput();
        Warn(HoldsKey(run) ? 1 : 0);
        if (!reader.CopyResponse(batch.Number, run.Index, output))
        {
            throw new UserErrorException(
                run.Phase.IsEnded()
                    ? $"{batch.Id}: run {run.Index} ({run.Name.OneLine()}) is {run.State.Word()}, and {Reason(reader, batch, run)}"
                    : $"{batch.Id}: run {run.Index} ({run.Name.OneLine()}) is {run.State.Word()}: there is no response yet"
            );
        }
    }

    private static bool HoldsKey(RunRecord run) =>
        run.Notes?.Contains(RunResults.KeyInResponse, StringComparison.Ordinal) is true;

    /// <summary>A response leaves this program to the byte, so that it is its reader who has to know.</summary>
    private void Warn(int keys)
    {
        if (keys > 0)
        {
            Screen.Complain(
                keys == 1
                    ? "this response holds the service's key: show it to no one who may not have that"
                    : $"{keys} of these responses hold the service's key: show them to no one who may not have that"
            );
        }
    }

    private static string Reason(IJournalReader reader, BatchRecord batch, RunRecord run) =>
        StoredScenarios.Load(batch, reader)?.Plan.Responses switch
        {
            _ when run is { IsResponseKept: false, ReusedFrom: { } source } =>
                $"its results are those of {source}, whose response was not kept",
            ResponseKeeping.Failed when run.Phase == RunPhase.Completed =>
                "its scenario keeps the responses of failed runs only (responses: failed)",
            ResponseKeeping.None => "its scenario keeps no responses (responses: none)",
            _ => "the service had no response of it",
        };

    private static void Export(IJournalReader reader, BatchRecord batch, DirectoryInfo folder, Screen screen)
    {
        try
        {
            folder.Create();
            var count = 0L;
            foreach (var response in reader.Responses(batch.Number))
            {
                using var file = File.Create(Path.Combine(folder.FullName, ResponseFileName.Of(response)));
                reader.CopyResponse(batch.Number, response.Run, file);
                count++;
            }

            screen.Say(string.Create(CultureInfo.InvariantCulture, $"{batch.Id}: {count} responses in {folder}"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"--export: {folder} cannot be written: {e.Message}", e);
        }
    }
}
