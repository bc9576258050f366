using System.CommandLine;
using AimmsOrchestrator.Cli.Running;
using AimmsOrchestrator.Cli.Terminal;

namespace AimmsOrchestrator.Cli.Commands;

/// <summary>Runs a scenario to its end.</summary>
internal sealed class RunBatchCommand : ExampleCommand
{
    public RunBatchCommand(Screen screen)
        : base(
            "run",
            "Run a scenario to the end, and show its results",
            "run scenarios/transport-whatif.yaml",
            "run scenarios/transport-whatif.yaml --set freight=120 --limit 3",
            "run scenarios/transport-whatif.yaml --url http://localhost:8080 --json"
        )
    {
        var scenario = SharedOptions.Scenario();
        var overrides = new OverrideOptions();
        var workspace = SharedOptions.Workspace();
        var json = SharedOptions.Json("how the batch went");
        Arguments.Add(scenario);
        overrides.AddTo(this);
        Options.Add(workspace);
        Options.Add(json);

        SetAction(
            (parsed, _) =>
            {
                var file = parsed.GetRequiredValue(scenario);
                var changes = overrides.Read(parsed);
                var runner = new BatchRunner(screen, parsed.GetRequiredValue(workspace), TimeProvider.System);
                return runner.RunAsync(ScenarioLoading.Load(file, changes, screen), file, changes, parsed.GetValue(json));
            }
        );
    }
}
