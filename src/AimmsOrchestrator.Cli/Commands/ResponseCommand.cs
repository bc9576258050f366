using System.CommandLine;
using System.Globalization;
using AimmsOrchestrator.Cli.Reporting;
using AimmsOrchestrator.Cli.Running;
using AimmsOrchestrator.Cli.Terminal;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Policies;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Journal;
using AimmsOrchestrator.Scenarios.Diagnostics;

namespace AimmsOrchestrator.Cli.Commands;

/// <summary>What a run's task wrote, as it came; or what every one of a batch did, as files.</summary>
internal sealed class ResponseCommand : ExampleCommand
{
    // To hold a misspelt name against a million others would take longer than to type it again.
    private const int MostNamesCompared = 10_000;

    public ResponseCommand(Screen screen)
        : base(
            "response",
            "Print a run's response as it came, or write those of a whole batch as files",
            "response transport-whatif 12",
            "response transport-whatif \"freight=80 growth=1.1\"",
            "response transport-whatif --export responses"
        )
    {
        var batch = new Argument<string>("BATCH") { Description = "A batch's id, or a scenario's name" };
        var run = new Argument<string?>("RUN")
        {
            Description = "A run's index, from 0, or its name",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var export = new Option<DirectoryInfo?>("--export")
        {
            Description = "The folder to write every response of the batch to, a file each",
            HelpName = "DIR",
        };
        var workspace = SharedOptions.Workspace();
        Arguments.Add(batch);
        Arguments.Add(run);
        Options.Add(export);
        Options.Add(workspace);

        SetAction(parsed =>
        {
            var folder = Workspace.OpenExisting(parsed.GetRequiredValue(workspace));
            using var reader = folder.OpenReader();
            var found = BatchLookup.Find(reader, parsed.GetRequiredValue(batch), parsed.GetRequiredValue(workspace));
            switch (parsed.GetValue(run), parsed.GetValue(export))
            {
                case ({ } name, null):
                    Print(reader, found, name);
                    break;

                case (null, { } directory):
                    Export(reader, found, directory, screen);
                    break;

                default:
                    throw new UserErrorException("response: name a RUN, or --export DIR for all of them");
            }

            return ExitCode.Success;
        });
    }

    private static void Print(IJournalReader reader, BatchRecord batch, string name)
    {
        var run = Find(reader, batch, name);
        using var output = StandardOutput.Open();
        if (!reader.CopyResponse(batch.Number, run.Index, output))
        {
            throw new UserErrorException(
                run.Phase.IsEnded()
                    ? $"{batch.Id}: run {run.Index} ({run.Name.OneLine()}) is {run.State.Word()}, and {Reason(reader, batch, run)}"
                    : $"{batch.Id}: run {run.Index} ({run.Name.OneLine()}) is {run.State.Word()}: there is no response yet"
            );
        }
    }

    private static string Reason(IJournalReader reader, BatchRecord batch, RunRecord run) =>
        StoredScenarios.Load(batch, reader)?.Plan.Responses switch
        {
            _ when run is { IsResponseKept: false, ReusedFrom: { } source } =>
                $"its figures are those of {source}, whose response was not kept",
            ResponseKeeping.Failed when run.Phase == RunPhase.Completed =>
                "its scenario keeps the responses of failed runs only (responses: failed)",
            ResponseKeeping.None => "its scenario keeps no responses (responses: none)",
            _ => "the service had no response of it",
        };

    private static RunRecord Find(IJournalReader reader, BatchRecord batch, string name)
    {
        var index = long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
        RunRecord? named = null;
        var last = -1L;
        foreach (var run in reader.Runs(batch.Number))
        {
            if (run.Index == index)
            {
                return run;
            }

            named ??= run.Name == name ? run : null;
            last = run.Index;
        }

        if (named is not null)
        {
            return named;
        }

        if (last < 0)
        {
            throw new UserErrorException($"{batch.Id}: no run has begun yet");
        }

        var hint =
            index >= 0
                ? $"; the nearest is {last}"
                : DidYouMean.Hint(name, reader.Runs(batch.Number).Take(MostNamesCompared).Select(run => run.Name));
        throw new UserErrorException($"{batch.Id}: no run that has begun is called \"{name}\"{hint}");
    }

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
