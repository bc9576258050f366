using System.CommandLine;
using AimmsOrchestrator.Cli.Parsing;

namespace AimmsOrchestrator.Cli.Commands.Authoring;

/// <summary>A new scenario, from an example request or a file of cases.</summary>
internal sealed class InitCommand : BaseCommand
{
    private readonly Argument<string?> _file = new("FILE")
    {
        Description = "The scenario to write; named after the service if left out",
        Arity = ArgumentArity.ZeroOrOne,
    };
    private readonly Option<string?> _request = Text(
        "--request",
        "An example request: JSON, or any file that is sent as it is",
        "FILE"
    );
    private readonly Option<string?> _cases = Text(
        "--cases",
        "A .csv, .xlsx or .jsonl file of cases, a row for each run",
        "FILE"
    );
    private readonly Option<string?> _sheet = Text(
        "--sheet",
        "The sheet of an .xlsx file; the first if left out",
        "NAME"
    );
    private readonly Option<string?> _url = Text("--url", "The service's address, or emulator", "URL");
    private readonly Option<string?> _use = Text("--use", "A profile of services.yaml, in place of --url", "PROFILE");
    private readonly Option<string?> _service = Text(
        "--service",
        "The service, as the model's dex::ServiceName names it",
        "NAME"
    );
    private readonly Option<string?> _app = Text("--app", "Cloud: the published app", "NAME");
    private readonly Option<string?> _version = Text("--app-version", "Cloud: the app's version", "VERSION");
    private readonly Option<string[]> _vary = new("--vary")
    {
        Description = "The place of a number to vary, as a JSON Pointer such as /demand/topeka; may be repeated",
        HelpName = "POINTER",
        AllowMultipleArgumentsPerToken = false,
    };
    private readonly Option<bool> _probe = new("--probe")
    {
        Description = "Send one task, and propose results from its response",
    };
    private readonly Option<string?> _response = Text(
        "--response",
        "A response in a file, to propose results from",
        "FILE"
    );
    private readonly Option<bool> _yes = new("--yes", "-y") { Description = "Ask nothing" };
    private readonly Option<bool> _force = new("--force") { Description = "Overwrite the scenario if it is there" };

    public InitCommand(CommandServices services)
        : base(
            services,
            "init",
            "Write a scenario from an example request or a file of cases, with what could be varied and measured",
            "init --request body.json --url http://localhost:8080 --service transport --probe",
            "init --cases customers.csv --request body.json --use acme --service transport",
            "init --request scenarios/transport.json --url emulator --service transport --probe --yes"
        )
    {
        _use.CompletionSources.Add(Completions.Profiles);
        Declare(
            _file,
            _request,
            _cases,
            _sheet,
            _url,
            _use,
            _service,
            _app,
            _version,
            _vary,
            _probe,
            _response,
            _yes,
            _force
        );
    }

    protected override async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var wishes = new InitWishes
        {
            File = parsed.GetValue(_file),
            Request = parsed.GetValue(_request),
            Cases = parsed.GetValue(_cases),
            Sheet = parsed.GetValue(_sheet),
            Url = parsed.GetValue(_url),
            Profile = parsed.GetValue(_use),
            Service = parsed.GetValue(_service),
            App = parsed.GetValue(_app),
            Version = parsed.GetValue(_version),
            Vary = parsed.GetValue(_vary) ?? [],
            Probes = parsed.GetValue(_probe),
            Response = parsed.GetValue(_response),
            Overwrites = parsed.GetValue(_force),
        };
        var questions = Screen.CanAsk && !parsed.GetValue(_yes) ? new InitQuestions(Screen.Talk) : null;
        wishes = questions?.Complete(wishes) ?? wishes;
        var work = new InitWork(Services, wishes, questions);
        return await work.RunAsync();
    }

    private static Option<string?> Text(string name, string description, string value) =>
        new(name) { Description = description, HelpName = value };
}
