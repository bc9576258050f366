using System.CommandLine;
using AimmsOrchestrator.Batches.Planning;
using AimmsOrchestrator.Cli.Parsing;
using AimmsOrchestrator.Cli.Planning;
using AimmsOrchestrator.Cli.Terminal;
using AimmsOrchestrator.Journal;

namespace AimmsOrchestrator.Cli.Commands.Authoring;

/// <summary>What would run, what is done already and how long the rest should take, without sending anything.</summary>
internal sealed class PlanCommand : BaseCommand
{
    private readonly Argument<string> _scenario = SharedOptions.Scenario();
    private readonly OverrideOptions _overrides = new();
    private readonly Option<string> _format = new("--format")
    {
        Description = "text for people, jsonl for one JSON object per run",
        DefaultValueFactory = _ => "text",
    };
    private readonly Option<bool> _requests = new("--requests")
    {
        Description = "With jsonl: the request of each run too",
    };
    private readonly Option<string> _workspace = SharedOptions.Workspace();

    public PlanCommand(CommandServices services)
        : base(
            services,
            "plan",
            "Show what a scenario would run, what is done already and how long the rest should take; sends nothing",
            "plan scenarios/transport-whatif.yaml",
            "plan scenarios/transport-whatif.yaml --set 'growth=[1.0, 1.05]'",
            "plan scenarios/transport-whatif.yaml --format jsonl --requests"
        )
    {
        _format.AcceptOnly(["text", "jsonl"]);
        Declare([_scenario, .. _overrides.All, _format, _requests, _workspace]);
    }

    protected override Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var scenario = ScenarioLoading.Load(
            ScenarioLoading.FileOf(parsed.GetRequiredValue(_scenario)),
            _overrides.Read(parsed),
            Services,
            needsKey: false
        );
        var earlier = Workspace.Find(parsed.GetRequiredValue(_workspace));
        if (parsed.GetValue(_format) == "jsonl")
        {
            using var output = Screen.OpenOutput();
            using var answers = earlier is null ? null : PlanOverview.OpenResults(scenario, earlier);
            PlanLines.Write(output, scenario.Plan, parsed.GetValue(_requests), answers);
        }
        else
        {
            // The same seed each time: a plan that is repeated says the same.
#pragma warning disable RS0030 // The one place that hands a plan its chance.
            Func<double> randomizer = new Random(Seed: 1).NextDouble;
#pragma warning restore RS0030
            var plan = PlanOverview.Of(scenario, earlier, randomizer);
            new PlanText(scenario, Screen.Data).Write(plan);
        }

        return Task.FromResult(ExitCode.Success);
    }
}
