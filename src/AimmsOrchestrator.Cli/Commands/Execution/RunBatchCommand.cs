using System.CommandLine;
using AimmsOrchestrator.Batches.Catalog;
using AimmsOrchestrator.Batches.Documents;
using AimmsOrchestrator.Cli.Parsing;
using AimmsOrchestrator.Cli.Remote;
using AimmsOrchestrator.Cli.Terminal;
using AimmsOrchestrator.Scenarios;

namespace AimmsOrchestrator.Cli.Commands.Execution;

/// <summary>Runs scenarios to their ends, one after the other or together.</summary>
internal sealed class RunBatchCommand : BaseCommand
{
    private readonly Argument<string[]> _scenarios = new("SCENARIO")
    {
        Description = "The scenario's YAML file; several, or a folder of them, run one after the other",
        Arity = ArgumentArity.OneOrMore,
    };
    private readonly OverrideOptions _overrides = new();
    private readonly ExecutionOptions _execution = new();
    private readonly Option<bool> _fresh = new("--fresh")
    {
        Description = "Begin a new batch, and use no answer of an earlier one",
    };
    private readonly Option<int?> _canary = new("--canary")
    {
        Description =
            "Send the first N runs and show them; the rest follows after a question, or without a terminal where they completed and `expect` holds",
        HelpName = "N",
    };

    private readonly Option<bool> _together = new("--together")
    {
        Description = "Run several scenarios at the same time in place of one after the other",
    };

    public RunBatchCommand(CommandServices services)
        : base(
            services,
            "run",
            "Run a scenario to the end, and show its results",
            "run scenarios/transport-whatif.yaml",
            "run scenarios/transport-whatif.yaml --set freight=120 --limit 3",
            "run scenarios/transport-whatif.yaml --url http://localhost:8080 --json",
            "run scenarios/transport-whatif.yaml --junit expectations.xml",
            "run scenarios/transport-whatif.yaml --canary 3",
            "run monday.yaml tuesday.yaml",
            "run scenarios/nightly --together",
            "run transport-whatif.yaml --server https://batches.example.com"
        )
    {
        _scenarios.RefuseOptions();
        _canary.Validators.Add(r =>
        {
            if (r.TryGet<int?>(out var first) && first < 1)
            {
                r.AddError("--canary: 1 or more");
            }
        });
        Validators.Add(r =>
        {
            if (r.GetResult(_together) is not null && r.GetResult(_canary) is not null)
            {
                r.AddError("run: either --together or --canary");
            }
        });
        Declare([_scenarios, .. _overrides.All, .. _execution.Place, _fresh, _canary, _together, .. _execution.Output]);
    }

    protected override async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellation)
    {
        using var server = _execution.Server(parsed, Services);
        if (server is not null)
        {
            return await RunThereAsync(server, parsed, cancellation);
        }

        var runs = ScenarioPaths
            .Of(parsed.GetRequiredValue(_scenarios))
            .Select(file => new ScenarioRun(file, _overrides.Read(parsed)) { IsFresh = parsed.GetValue(_fresh) })
            .ToList();
        var scenarios = Load(runs);
        if (runs.Count == 1)
        {
            var session = _execution.SessionOf(parsed, Services);
            return await session.RunAsync(scenarios[0], runs[0], parsed.GetValue(_canary));
        }

        return await RunAllAsync(parsed, runs, scenarios);
    }

    /// <summary>At a server, which runs the scenarios beside each other by itself: they are followed one after the other.</summary>
    private async Task<int> RunThereAsync(RemoteServer server, ParseResult parsed, CancellationToken cancellation)
    {
        if (parsed.GetResult(_canary) is not null || parsed.GetValue(_together))
        {
            var option = parsed.GetResult(_canary) is not null ? "--canary" : "--together";
            throw new UserErrorException(
                $"{option}: works where this program drives the batch, not at a server; leave it out"
            );
        }

        var overrides = _overrides.Read(parsed);
        var files = ScenarioPaths.Of(parsed.GetRequiredValue(_scenarios));
        var uploads = files.Select(file => ScenarioUpload.Read(file, overrides, Services)).ToList();
        var documents = files.Count > 1 ? _execution.Collect(parsed) : null;
        var worst = ExitCode.Success;
        for (var i = 0; i < files.Count && worst != ExitCode.Interrupted; i++)
        {
            if (files.Count > 1)
            {
                Screen.Say($"{files[i]} ({i + 1} of {files.Count})");
            }

            var session = _execution.RemoteOf(parsed, Services, server, documents);
            var exitCode = await session.RunAsync(uploads[i], parsed.GetValue(_fresh), cancellation);
            worst = ExitCode.Worse(worst, exitCode);
        }

        if (documents is not null)
        {
            Screen.WriteJson(documents, BatchJsonContext.Default.IReadOnlyListBatchDocument);
        }

        return worst;
    }

    private async Task<int> RunAllAsync(ParseResult parsed, List<ScenarioRun> runs, List<Scenario> scenarios)
    {
        var documents = _execution.Collect(parsed);
        var worst = ExitCode.Success;
        if (parsed.GetValue(_together))
        {
            var session = _execution.TogetherOf(parsed, Services, documents);
            worst = await session.RunAsync([.. scenarios.Zip(runs)]);
            runs = [];
        }

        for (var i = 0; i < runs.Count && worst != ExitCode.Interrupted; i++)
        {
            Screen.Say($"{runs[i].File} ({i + 1} of {runs.Count})");
            var session = _execution.SessionOf(parsed, Services, documents);
            worst = ExitCode.Worse(worst, await session.RunAsync(scenarios[i], runs[i], parsed.GetValue(_canary)));
        }

        if (documents is not null)
        {
            Screen.WriteJson(documents, BatchJsonContext.Default.IReadOnlyListBatchDocument);
        }

        return worst;
    }

    /// <summary>Every scenario is read before the first one runs.</summary>
    /// <exception cref="UserErrorException">Some have errors: all of them, one line each.</exception>
    private List<Scenario> Load(List<ScenarioRun> runs)
    {
        var (scenarios, errors) = (new List<Scenario>(), new List<string>());
        foreach (var run in runs)
        {
            try
            {
                scenarios.Add(ScenarioLoading.Load(run.File, run.Overrides, Services));
            }
            catch (UserErrorException e)
            {
                errors.Add(e.Message);
            }
        }

        errors.AddRange(
            scenarios
                .CountBy(scenario => scenario.Name)
                .Where(name => name.Value > 1)
                .Select(name => $"{name.Value} of the scenarios are called \"{name.Key}\": give each a name of its own")
        );
        return errors.Count == 0 ? scenarios : throw new UserErrorException(string.Join(Environment.NewLine, errors));
    }
}
