using System.CommandLine;
using AimmsOrchestrator.Cli.Running;
using AimmsOrchestrator.Cli.Terminal;
using AimmsOrchestrator.Domain.Journaling;

namespace AimmsOrchestrator.Cli.Commands;

/// <summary>Runs a scenario to its end.</summary>
internal sealed class RunBatchCommand : ExampleCommand
{
    public RunBatchCommand(Screen screen, Func<IJournalWriter, IJournalWriter>? wrap = null)
        : base(
            "run",
            "Run a scenario to the end, and show its results",
            "run scenarios/transport-whatif.yaml",
            "run scenarios/transport-whatif.yaml --set freight=120 --limit 3",
            "run scenarios/transport-whatif.yaml --url http://localhost:8080 --json",
            "run scenarios/transport-whatif.yaml --junit expectations.xml"
        )
    {
        var scenario = SharedOptions.Scenario();
        var overrides = new OverrideOptions();
        var workspace = SharedOptions.Workspace();
        var fresh = new Option<bool>("--fresh")
        {
            Description = "Begin a new batch, and use no answer of an earlier one",
        };
        var json = SharedOptions.Json("how the batch went");
        var junit = SharedOptions.JUnit();
        Arguments.Add(scenario);
        overrides.AddTo(this);
        Options.Add(workspace);
        Options.Add(fresh);
        Options.Add(json);
        Options.Add(junit);

        SetAction(
            (parsed, _) =>
            {
                var run = new ScenarioRun(parsed.GetRequiredValue(scenario), overrides.Read(parsed))
                {
                    IsFresh = parsed.GetValue(fresh),
                };
                var runner = new BatchRunner(screen, parsed.GetRequiredValue(workspace), TimeProvider.System, wrap);
                return runner.RunAsync(
                    ScenarioLoading.Load(run.File, run.Overrides, screen),
                    run,
                    new OutputOptions(parsed.GetValue(json), parsed.GetValue(junit))
                );
            }
        );
    }
}
