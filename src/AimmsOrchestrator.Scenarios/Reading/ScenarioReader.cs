using System.Globalization;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Expectations;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Emulation;
using AimmsOrchestrator.Scenarios.Expressions;
using AimmsOrchestrator.Scenarios.Language;
using AimmsOrchestrator.Scenarios.Profiles;
using AimmsOrchestrator.Scenarios.Reading.Outcomes;
using AimmsOrchestrator.Scenarios.Reading.Sections;
using AimmsOrchestrator.Scenarios.Reading.Settings;
using AimmsOrchestrator.Scenarios.Reading.Sweeps;
using AimmsOrchestrator.Scenarios.Requests;
using AimmsOrchestrator.Scenarios.Results;
using AimmsOrchestrator.Scenarios.Runs;
using AimmsOrchestrator.Scenarios.Values;
using AimmsOrchestrator.Scenarios.Yaml;

namespace AimmsOrchestrator.Scenarios.Reading;

/// <summary>Reads a whole scenario, part by part: an error in one part hides none in the next.</summary>
internal sealed class ScenarioReader(
    string path,
    string source,
    ScenarioFiles files,
    ScenarioOverrides overrides,
    EnvironmentVariables variables,
    DiagnosticBag diagnostics
)
{
    private readonly ParameterTable _parameters = new();

    /// <summary>The profiles that <c>service.use</c> may name.</summary>
    public required ProfileUse Profiles { get; init; }

    /// <summary>What the scenario may do.</summary>
    public ScenarioRights Rights { get; init; } = ScenarioRights.All;

    /// <summary>Hears how far a search through the points of the sweep has come, if anything does.</summary>
    public Action<SweepWalk>? OnWalk { get; init; }

    /// <summary>Ends the reading, and every later evaluation of its expressions.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>What a scenario says about the outcomes of its runs.</summary>
    /// <param name="Definitions">Its results; null where it names none.</param>
    /// <param name="Success">Its condition for a success; null where the task's state decides.</param>
    /// <param name="Report">Its report.</param>
    /// <param name="Expectations">Its rules across runs.</param>
    private sealed record Outcomes(
        IReadOnlyList<ResultDefinition>? Definitions,
        Expression? Success,
        ReportSettings Report,
        IReadOnlyList<IExpectation> Expectations
    )
    {
        public IReadOnlyList<Notification> Notifications { get; init; } = [];

        public EmulatedServices Emulator { get; init; } = EmulatedServices.None;

        public CronSchedule? Schedule { get; init; }
    }

    /// <summary>The scenario; null where it cannot be run, with the reasons among the diagnostics.</summary>
    public Scenario? Read()
    {
        var scenario = YamlReader.Read(path, source, diagnostics) is { } root ? ReadRoot(root) : null;
        return diagnostics.Any ? null : scenario;
    }

    private Scenario? ReadRoot(Node root)
    {
        if (root is not MappingNode)
        {
            diagnostics.Add(
                root.Location,
                $"a scenario is a mapping with {string.Join(", ", ScenarioSchemas.Scenario.Names)}; this is {root.Description}"
            );
            return null;
        }

        var section = Section.Read(root, ScenarioSchemas.Scenario, diagnostics)!;
        RightsCheck.Refuse((MappingNode)root, Rights, Profiles, diagnostics);
        var compiler = new ExpressionCompiler(variables, diagnostics, Cancellation);
        var expressions = new PlainExpressionReader(compiler, diagnostics);
        RefuseWrongLimit();
        var name = ReadName(section);
        var service = new ServiceReader(compiler, Profiles, diagnostics).Read(
            section["service"],
            root.Location,
            overrides.Url
        );
        var assignments = new Assignments(overrides.Set, diagnostics);
        var context = new SweepContext(_parameters, assignments, expressions, files, ReadSeed(section), diagnostics)
        {
            OnWalk = OnWalk,
        };
        var sweep = new SweepReader(context).Read(section["sweep"]);
        var body = new RequestReader(files, diagnostics).Read(section["request"]);
        var texts = new EnvironmentInterpolation(compiler, diagnostics);
        var notifications = new NotifyReader(texts, diagnostics).Read(section["notify"]);
        var emulator = ReadEmulator(section, service, compiler);
        var schedule = ScheduleReader.Read(section["schedule"], diagnostics);
        var settings = new PlanReader(expressions, diagnostics).Read(section, service);

        // Without the sweep its parameters are unknown, and every expression would be reported as wrong.
        if (sweep is null || section.IsMisspelt("sweep"))
        {
            return null;
        }

        assignments.RefuseUnused(_parameters);
        var outcomes = ReadOutcomes(section, context);
        var request = service is null || body is null ? null : CompileRequest(service, body, compiler);
        if (request is null || diagnostics.Any)
        {
            return null;
        }

        var names = new RunNames(_parameters, sweep, name);
        var runs = new ScenarioRuns(sweep, _parameters, names, request, overrides.Limit, OnWalk);
        var sweepLocation = section["sweep"]?.Location ?? section.Location;
        new SampleRunCheck(runs, diagnostics).Check(context, sweepLocation);
        new UnusedParameters(context, sweep, request).Warn(sweepLocation);
        var plan = settings.ToPlan(
            runs,
            new ResultReader(_parameters, outcomes.Definitions, outcomes.Success, new KeyRedactor(service?.Key))
        );
        outcomes = outcomes with { Notifications = notifications, Emulator = emulator, Schedule = schedule };
        return Build(section, name, service!, plan, outcomes, context.DesignOf(sweep, outcomes.Report.Baseline));
    }

    private EmulatedServices ReadEmulator(Section section, ServiceSettings? service, ExpressionCompiler compiler)
    {
        if (section["emulator"] is { } node && service is { UsesEmulator: false })
        {
            diagnostics.Warn(node.Location, "emulator has no effect: service.url is another service's");
        }

        var folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? "";
        return new EmulatorReader(compiler, folder, diagnostics).Read(section["emulator"]);
    }

    private Outcomes ReadOutcomes(Section section, SweepContext context)
    {
        var reader = new ResultsReader(context.Expressions, diagnostics);
        var scope = Scope.Results(_parameters);
        var definitions = reader.Definitions(section["results"], scope);
        var success = reader.Success(section["success"], scope);
        var names = definitions?.Select(definition => definition.Name).ToList();
        var report = new ReportReader(_parameters, names, diagnostics).Read(section["report"]);
        return new Outcomes(
            definitions,
            success,
            report,
            new ExpectReader(context, names, report).Read(section["expect"])
        );
    }

    private RequestTemplate CompileRequest(ServiceSettings service, RequestBody body, ExpressionCompiler compiler) =>
        RequestTemplate.Compile(
            service,
            body,
            new PlaceholderTable(compiler, diagnostics),
            Scope.Service(_parameters),
            Scope.Request(_parameters),
            diagnostics
        );

    private Scenario Build(
        Section section,
        string name,
        ServiceSettings service,
        BatchPlan plan,
        Outcomes outcomes,
        BatchDesign design
    ) =>
        new()
        {
            Name = name,
            Description = section.Scalar("description")?.Text,
            UsesEmulator = service.UsesEmulator,
            Emulator = outcomes.Emulator,
            Address = service.Uri,
            ServiceName = service.FixedName,
            App = service.FixedApp,
            Host = service.Host,
            Api = service.Api,
            ApiKey = service.Key,
            Profile = service.Profile,
            Ceilings = service.Ceilings,
            Plan = plan,
            Report = outcomes.Report,
            Notifications = outcomes.Notifications,
            Schedule = outcomes.Schedule,
            Expectations = outcomes.Expectations,
            ParameterNames = _parameters.Names,
            Design = design,
            ResultNames = outcomes.Definitions?.Select(definition => definition.Name).ToList() ?? [],
            Source = source,
            Attachments = files.Attachments,
            Warnings = diagnostics.Warnings(),
            Fingerprint = Fingerprint.Compute(source, files.Attachments, overrides, variables.Used),
        };

    private string ReadName(Section section)
    {
        var given = section.Scalar("name")?.Text;
        var name = given ?? Path.GetFileNameWithoutExtension(path);
        if (name.Length is > 0 and <= 100 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
        {
            return name;
        }

        const string Rule =
            "it names the batches, as in transport-whatif-3; write letters, digits, -, _ and . (100 at most)";
        if (given is null)
        {
            diagnostics.Add(
                section.Location,
                $"name is missing, and the file's name, \"{name}\", is not a valid name: {Rule}"
            );
        }
        else
        {
            section.Report("name", $"\"{name}\" is not a valid name: {Rule}");
        }

        return name;
    }

    private void RefuseWrongLimit()
    {
        if (overrides.Limit < 1)
        {
            diagnostics.Add(
                SourceLocation.Whole("--limit"),
                $"{overrides.Limit} is not a number of runs; write 1 or more"
            );
        }
    }

    private static long ReadSeed(Section section) =>
        section.Parse<long>(
            "seed",
            scalar =>
                scalar.Kind == ScalarKind.Number
                && long.TryParse(scalar.Json, CultureInfo.InvariantCulture, out var seed)
                    ? seed
                    : null,
            _ => "is not a whole number"
        ) ?? 0;
}
