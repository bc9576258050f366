using System.CommandLine;
using AimmsOrchestrator.Cli.Planning;
using AimmsOrchestrator.Cli.Reporting;
using AimmsOrchestrator.Cli.Terminal;
using AimmsOrchestrator.Journal;

namespace AimmsOrchestrator.Cli.Commands;

/// <summary>What would run, what is done already and how long the rest should take, without sending anything.</summary>
internal sealed class PlanCommand : ExampleCommand
{
    public PlanCommand(Screen screen)
        : base(
            "plan",
            "Show what a scenario would run, what is done already and how long the rest should take; sends nothing",
            "plan scenarios/transport-whatif.yaml",
            "plan scenarios/transport-whatif.yaml --set 'growth=[1.0, 1.05]'",
            "plan scenarios/transport-whatif.yaml --format jsonl --requests"
        )
    {
        var scenario = SharedOptions.Scenario();
        var overrides = new OverrideOptions();
        var format = new Option<string>("--format")
        {
            Description = "text for people, jsonl for a JSON object a run",
            DefaultValueFactory = _ => "text",
        };
        format.AcceptOnlyFromAmong("text", "jsonl");
        var workspace = SharedOptions.Workspace();
        var requests = new Option<bool>("--requests") { Description = "With jsonl: the request of each run too" };
        Arguments.Add(scenario);
        overrides.AddTo(this);
        Options.Add(format);
        Options.Add(requests);
        Options.Add(workspace);

        SetAction(parsed =>
        {
            var loaded = ScenarioLoading.Load(parsed.GetRequiredValue(scenario), overrides.Read(parsed), screen);
            if (parsed.GetValue(format) == "jsonl")
            {
                using var output = StandardOutput.Open();
                PlanLines.Write(output, loaded.Plan.Runs, parsed.GetValue(requests));
            }
            else
            {
                var earlier = Workspace.Find(parsed.GetRequiredValue(workspace));

                // The same seed each time: asked twice, a plan says the same.
#pragma warning disable RS0030 // The one place that hands a plan its chance.
                Func<double> chance = new Random(Seed: 1).NextDouble;
#pragma warning restore RS0030
                new PlanText(loaded, screen.Data.Profile.Out.Writer, chance).Write(earlier);
            }

            return ExitCode.Success;
        });
    }
}
