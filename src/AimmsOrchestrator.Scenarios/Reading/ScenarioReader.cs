using System.Globalization;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Expectations;
using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Expressions;
using AimmsOrchestrator.Scenarios.Language;
using AimmsOrchestrator.Scenarios.Loading;
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

/// <summary>Reads a whole scenario, part by part: what is wrong in one does not hide what is wrong in the next.</summary>
internal sealed class ScenarioReader(
    string path,
    string source,
    ScenarioFiles files,
    ScenarioOverrides overrides,
    Func<string, string?> environment
)
{
    private readonly DiagnosticBag _mistakes = new();
    private readonly ParameterTable _parameters = new();
    private readonly ScriptLibrary _library = new();
    private IReadOnlyList<Notification> _notifications = [];
    private IReadOnlyList<string> _derived = [];

    public ScenarioLoadResult Read()
    {
        var scenario = YamlReader.Read(path, source, _mistakes) is { } root ? ReadRoot(root) : null;
        return scenario is null || _mistakes.Any
            ? ScenarioLoadResult.Broken(_mistakes.Sorted())
            : ScenarioLoadResult.Sound(scenario);
    }

    private Scenario? ReadRoot(Node root)
    {
        if (root is not MappingNode)
        {
            _mistakes.Add(
                root.Location,
                $"a scenario is a mapping with {string.Join(", ", ScenarioSchemas.Scenario.Names)}; this is {root.Description}"
            );
            return null;
        }

        var section = Section.Of(root, ScenarioSchemas.Scenario, _mistakes)!;
        var compiler = new ExpressionCompiler(_library, environment, _mistakes);
        var assignments = new Assignments(overrides.Set, _mistakes);
        RefuseWrongLimit();
        var name = ReadName(section);
        var service = new ServiceReader(compiler, _mistakes).Read(section["service"], root.Location, overrides.Url);
        var bare = new PlainExpressionReader(compiler, _mistakes);
        var context = new SweepContext(_parameters, assignments, bare, _library, files, ReadSeed(section), _mistakes);
        var sweep = new SweepReader(context).Read(section["sweep"]);
        if (sweep is not null)
        {
            assignments.RefuseUnused(_parameters);
        }

        var body = new RequestReader(files, _mistakes).Read(section["request"]);
        _notifications = new NotifyReader(new EnvironmentInterpolation(compiler, _mistakes), _mistakes).Read(
            section["notify"]
        );
        var settings = new PlanReader(bare, _library, _mistakes).Read(section);

        // Without the sweep its parameters are not known, and every expression would be said to be wrong.
        if (sweep is null)
        {
            return null;
        }

        var results = new ResultsReader(bare, _mistakes);
        var scope = Scope.Results(_parameters);
        var figures = results.Figures(section["results"], scope);
        var success = results.Success(section["success"], scope);
        var report = new ReportReader(_parameters, _mistakes).Read(section["report"]);
        var figureNames = figures?.Select(figure => figure.Name).ToList();
        _derived = context.DerivedNames;
        var expectations = new ExpectReader(context, figureNames, report).Read(section["expect"]);
        var request = service is null || body is null ? null : Template(service, body, compiler);
        if (request is null || _mistakes.Any)
        {
            return null;
        }

        var names = new RunNames(_parameters, sweep, name);
        var runs = new ScenarioRuns(sweep, _parameters, names, request, _library, overrides.Limit);
        new SampleRunCheck(runs, _mistakes).Check(context, section["sweep"]?.Location ?? section.Location);
        new UnusedParameters(context, sweep, request).Warn(section["sweep"]?.Location ?? section.Location);
        var plan = settings.ToPlan(runs, new ResultReader(_parameters, figures, success, _library));
        var description = section.Scalar("description")?.Text;
        return Build(name, description, service!, plan, figureNames ?? [], compiler.Variables, report, expectations);
    }

    private Scenario Build(
        string name,
        string? description,
        ServiceSettings service,
        BatchPlan plan,
        IReadOnlyList<string> resultNames,
        IReadOnlyDictionary<string, string> variables,
        ReportSettings report,
        IReadOnlyList<IExpectation> expectations
    ) =>
        new()
        {
            Name = name,
            Description = description,
            UsesEmulator = service.UsesEmulator,
            Address = service.Uri,
            ServiceName = service.FixedName,
            App = service.FixedApp,
            Host = service.Host,
            Api = service.Api,
            ApiKey = service.Key,
            Plan = plan,
            Report = report,
            Notifications = _notifications,
            Expectations = expectations,
            ParameterNames = _parameters.Names,
            DerivedNames = _derived,
            ResultNames = resultNames,
            Source = source,
            Attachments = files.Attachments,
            Warnings = _mistakes.Warnings(),
            Fingerprint = Fingerprint.Of(source, files.Attachments, overrides, variables),
        };

    private RequestTemplate Template(ServiceSettings service, RequestBody body, ExpressionCompiler compiler) =>
        RequestTemplate.Of(
            service,
            body,
            new PlaceholderTable(compiler, _mistakes),
            Scope.Service(_parameters),
            Scope.Request(_parameters),
            _mistakes
        );

    private string ReadName(Section section)
    {
        var given = section.Scalar("name")?.Text;
        var name = given ?? Path.GetFileNameWithoutExtension(path);
        if (name.Length is > 0 and <= 100 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
        {
            return name;
        }

        const string Rule =
            "it names the batches, as in transport-whatif-3, so it is made of letters, digits, -, _ and . (100 at most)";
        if (given is null)
        {
            _mistakes.Add(section.Location, $"name is missing, and the file's own, \"{name}\", will not do: {Rule}");
        }
        else
        {
            section.Wrong("name", $"\"{name}\" will not do: {Rule}");
        }

        return name;
    }

    private void RefuseWrongLimit()
    {
        if (overrides.Limit < 1)
        {
            _mistakes.Add(
                SourceLocation.Whole("--limit"),
                $"{overrides.Limit} is not a number of runs; write 1 or more"
            );
        }
    }

    private static long ReadSeed(Section section)
    {
        if (section.Scalar("seed") is not { } written)
        {
            return 0;
        }

        if (
            written.Kind == ScalarKind.Number
            && long.TryParse(written.Json, CultureInfo.InvariantCulture, out var seed)
        )
        {
            return seed;
        }

        section.Wrong("seed", $"{written.Description} is not a whole number");
        return 0;
    }
}
