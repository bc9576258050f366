using AimmsOrchestrator.Batches.Authoring;
using AimmsOrchestrator.Cli.Parsing;
using AimmsOrchestrator.Cli.Terminal;
using AimmsOrchestrator.Emulator;
using AimmsOrchestrator.Scenarios;
using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Drafts;
using AimmsOrchestrator.Scenarios.Loading;
using AimmsOrchestrator.Scenarios.Profiles;

namespace AimmsOrchestrator.Cli.Commands.Authoring;

/// <summary>Makes the draft, probes the service, and writes the scenario once it is known to load.</summary>
/// <param name="services">The screen and the clock.</param>
/// <param name="wishes">What is wanted.</param>
/// <param name="questions">Asks a person; null where there is none.</param>
internal sealed class InitWork(CommandServices services, InitWishes wishes, InitQuestions? questions)
{
    private const string SchemaFile = "scenario.schema.json";

    private Screen Screen => services.Screen;

    public async Task<int> RunAsync()
    {
        var service =
            wishes.Service ?? throw Missing("--service", "the service's name, as the model's dex::ServiceName has it");
        if (wishes is { Url: null, Profile: null })
        {
            throw Missing(
                "--url",
                "the service's address, such as http://localhost:8080, or --use with a profile of services.yaml"
            );
        }

        if (
            wishes is { App: null, Profile: null, Url: { } url }
            && url.Contains(".aimms.cloud", StringComparison.OrdinalIgnoreCase)
        )
        {
            throw Missing("--app", "the published app, since tasks of an AIMMS Cloud account belong to one");
        }

        if (wishes is { Request: null, Cases: null })
        {
            throw Missing("--request", "an example request, or --cases with a file of cases");
        }

        var name = DraftNames.Scenario(wishes.File is { } given ? Path.GetFileNameWithoutExtension(given) : service);
        var file = wishes.File ?? $"{name}.yaml";
        if (!MayWrite(file))
        {
            return ExitCode.WrongInput;
        }

        var draft = Draft(name, service, file);
        if (wishes.Probes)
        {
            var (response, exitCode) = await ProbeAsync(draft, file);
            if (response is null)
            {
                return exitCode;
            }

            draft = response;
        }

        return Write(file, draft);
    }

    private static UserErrorException Missing(string option, string what) => new($"{option} is missing: {what}");

    private bool MayWrite(string file)
    {
        if (!Path.Exists(file) || wishes.Overwrites)
        {
            return true;
        }

        if (questions is null)
        {
            throw new UserErrorException($"{file} is there already: name another file, or --force to overwrite it");
        }

        return questions.Confirm($"{file} is there already. Overwrite it?");
    }

    private ScenarioDraft Draft(string name, string service, string file)
    {
        var reader = new DraftReader(file);
        var draft = new ScenarioDraft(name, service)
        {
            Profile = wishes.Profile,
            Url = wishes.Url ?? "",
            App = wishes.App,
            Version = wishes.Version,
            Schema = SchemaFile,
            Rehearses = wishes.Url == "emulator" && !TaskServiceEmulator.ServiceNames.Contains(service),
        };
        draft = wishes.Request is { } request ? reader.WithRequest(draft, request) : draft;
        draft = wishes.Cases is { } cases ? reader.WithCases(draft, cases, wishes.Sheet) : draft;
        draft = wishes.Response is { } response ? reader.WithResponse(draft, response) : draft;
        Refuse(reader.Diagnostics);
        var varied = wishes.Vary.Count > 0 ? wishes.Vary : questions?.Vary(draft) ?? [];
        foreach (var unknown in varied.Where(pointer => draft.Candidates.All(c => c.JsonPointer != pointer)))
        {
            var hint = DidYouMean.Hint(unknown, draft.Candidates.Select(candidate => candidate.JsonPointer));
            throw new UserErrorException($"--vary: the request has no number or text at \"{unknown}\"{hint}");
        }

        return varied.Count > 0 ? draft with { Varied = varied } : draft;
    }

    /// <summary>The request as it is, or the first case, as one task.</summary>
    private async Task<(ScenarioDraft? Draft, int ExitCode)> ProbeAsync(ScenarioDraft draft, string file)
    {
        var asked = Load(file, DraftWriter.Write(draft with { Varied = [] }), needsKey: true);
        using var interruption = new Interruption(() => { });
        Screen.Say($"Sends one task to {asked.Address?.ToString() ?? "the emulator"} …");
        try
        {
            var outcome = await new ServiceProbe(services.Time).AskAsync(asked, interruption.Requested);
            if (outcome.Response is not { } response)
            {
                Screen.Complain(
                    $"nothing was written, the probe failed: {outcome.Problem} (without --probe, no task is sent)"
                );
                return (null, ExitCode.ServiceRefused);
            }

            using var lease = response.Lease;
            return (DraftReader.WithResponse(draft, response), ExitCode.Success);
        }
        catch (OperationCanceledException) when (interruption.Requested.IsCancellationRequested)
        {
            Screen.Complain("nothing was written");
            return (null, ExitCode.Interrupted);
        }
    }

    private int Write(string file, ScenarioDraft draft)
    {
        var text = DraftWriter.Write(draft);
        var scenario = Load(file, text, needsKey: false);
        File.WriteAllText(file, text);
        var schema = Path.Combine(Path.GetDirectoryName(file) ?? "", SchemaFile);
        if (!Path.Exists(schema))
        {
            File.WriteAllText(schema, ScenarioSchema.Text);
            Screen.Say($"Wrote {schema}, by which editors complete and check scenarios.");
        }

        var runs = scenario.Plan.Runs.Count is 1 ? "1 run" : $"{scenario.Plan.Runs.Count} runs";
        var results = draft.Results.Results.Count;
        Screen.Say($"Wrote {file}: {runs}, {(results == 1 ? "1 result" : $"{results} results")}.");
        if (draft.Rehearses)
        {
            Screen.Say(
                $"The emulator has no \"{draft.Service}\": {file} says what answers in its place{(draft.ResponseFile is null ? ", for you to edit" : "")}."
            );
        }

        Screen.Say($"`aimms-batch plan {file}` shows what it would run, `aimms-batch run {file}` runs it.");
        return ExitCode.Success;
    }

    /// <summary>The scenario that a text is: a draft is written only where it loads.</summary>
    private Scenario Load(string file, string text, bool needsKey)
    {
        var loader = new ScenarioLoader(Environment.GetEnvironmentVariable) { NeedsKey = needsKey };
        var result = loader.LoadText(file, text, ScenarioOverrides.None);
        Refuse(result.Diagnostics);
        foreach (var warning in result.Scenario!.Warnings)
        {
            Screen.Complain(warning.ToString());
        }

        return result.Scenario;
    }

    private static void Refuse(IReadOnlyList<Diagnostic> diagnostics)
    {
        if (diagnostics.Count > 0)
        {
            throw new UserErrorException(string.Join(Environment.NewLine, diagnostics));
        }
    }
}
