using System.CommandLine;
using AimmsOrchestrator.Batches.Catalog;
using AimmsOrchestrator.Cli.Commands.Execution;
using AimmsOrchestrator.Cli.Parsing;

namespace AimmsOrchestrator.Cli.Commands.Execution;

/// <summary>Runs a scenario to its end.</summary>
internal sealed class RunBatchCommand : BaseCommand
{
    private readonly Argument<string> _scenario = SharedOptions.Scenario();
    private readonly OverrideOptions _overrides = new();
    private readonly ExecutionOptions _execution = new();
    private readonly Option<bool> _fresh = new("--fresh")
    {
        Description = "Begin a new batch, and use no answer of an earlier one",
    };

    public RunBatchCommand(CommandServices services)
        : base(
            services,
            "run",
            "Run a scenario to the end, and show its results",
            "run scenarios/transport-whatif.yaml",
            "run scenarios/transport-whatif.yaml --set freight=120 --limit 3",
            "run scenarios/transport-whatif.yaml --url http://localhost:8080 --json",
            "run scenarios/transport-whatif.yaml --junit expectations.xml"
        ) => Declare([_scenario, .. _overrides.All, _execution.Workspace, _fresh, .. _execution.Output]);

    protected override Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var run = new ScenarioRun(ScenarioLoading.FileOf(parsed.GetRequiredValue(_scenario)), _overrides.Read(parsed))
        {
            IsFresh = parsed.GetValue(_fresh),
        };
        var scenario = ScenarioLoading.Load(run.File, run.Overrides, Services);
        return _execution.SessionOf(parsed, Services).RunAsync(scenario, run);
    }
}
