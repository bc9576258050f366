using System.CommandLine;
using AimmsOrchestrator.Batches.Documents;
using AimmsOrchestrator.Batches.Planning;
using AimmsOrchestrator.Cli.Parsing;
using AimmsOrchestrator.Cli.Remote;
using AimmsOrchestrator.Cli.Running;
using AimmsOrchestrator.Cli.Terminal;
using AimmsOrchestrator.Journal;
using AimmsOrchestrator.Scenarios.Diagnostics;

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
    private readonly PlaceOptions _place = new();

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
        Declare([_scenario, .. _overrides.All, _format, _requests, .. _place.All]);
    }

    protected override async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var file = ScenarioLoading.FileOf(parsed.GetRequiredValue(_scenario));
        using var server = _place.Server(parsed, Services);
        if (server is not null)
        {
            return await PlanAsync(
                server,
                ScenarioUpload.Read(file, _overrides.Read(parsed), Services),
                parsed,
                cancellation
            );
        }

        var scenario = ScenarioLoading.Load(file, _overrides.Read(parsed), Services, needsKey: false);
        var earlier = SqliteWorkspace.Find(_place.Folder(parsed));
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
            new PlanText(PlanDocument.Of(scenario, plan), Screen.Data).Write();
        }

        return ExitCode.Success;
    }

    private async Task<int> PlanAsync(
        RemoteServer server,
        ScenarioUpload upload,
        ParseResult parsed,
        CancellationToken cancellation
    )
    {
        var isLines = parsed.GetValue(_format) == "jsonl";
        try
        {
            // Warnings come with the plan, and are wanted with the lines too.
            var plan = await server.SendAsync(
                $"api/plan?{upload.Query}",
                upload.ToContent,
                BatchJsonContext.Default.PlanDocument,
                cancellation
            );
            foreach (var w in plan.Warnings)
            {
                var warning = new Diagnostic(w.File, w.Line, w.Column, w.Message) { IsWarning = true };
                Screen.Complain(upload.Here(warning).ToString());
            }

            if (!isLines)
            {
                new PlanText(plan, Screen.Data).Write();
                return ExitCode.Success;
            }

            var requests = parsed.GetValue(_requests) ? "true" : "false";
            using var answer = await server.OpenAsync(
                $"api/plan?format=jsonl&requests={requests}&{upload.Query}",
                cancellation,
                upload.ToContent
            );
            await using var output = Screen.OpenOutput();
            await server.CopyAsync(answer, output, cancellation);
            return ExitCode.Success;
        }
        catch (ServerProblemException problem)
        {
            throw upload.Here(problem);
        }
    }
}
