using AimmsOrchestrator.Domain.Expectations;
using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Expressions;
using AimmsOrchestrator.Scenarios.Language;
using AimmsOrchestrator.Scenarios.Reading.Sections;
using AimmsOrchestrator.Scenarios.Reading.Sweeps;
using AimmsOrchestrator.Scenarios.Results;
using AimmsOrchestrator.Scenarios.Values;
using AimmsOrchestrator.Scenarios.Yaml;

namespace AimmsOrchestrator.Scenarios.Reading.Outcomes;

/// <summary>Reads <c>expect</c>: a list of rules, each of one kind.</summary>
/// <param name="context">The scenario's parameters, and what reads its expressions.</param>
/// <param name="results">Its results; null where the response's members are the results, whatever they are.</param>
/// <param name="report">What <c>report</c> says: its baseline, and its tolerance where a rule has none of its own.</param>
internal sealed class ExpectReader(SweepContext context, IReadOnlyList<string>? results, ReportSettings report)
{
    private static readonly string[] Kinds = ["monotone", "bounded", "equal", "that"];

    private readonly ParameterTable _parameters = context.Parameters;
    private readonly DiagnosticBag _diagnostics = context.Diagnostics;

    public IReadOnlyList<IExpectation> Read(Node? node)
    {
        if (node is null)
        {
            return [];
        }

        var items = node is SequenceNode list ? list.Items : [node];
        return [.. items.Select(Rule).OfType<IExpectation>()];
    }

    private IExpectation? Rule(Node item, int index)
    {
        var path = $"expect[{index}]";
        if (Section.Read(item, ScenarioSchemas.Expectation, _diagnostics, path) is not { } rule)
        {
            return null;
        }

        var kinds = Kinds.Where(kind => rule[kind] is not null).ToList();
        if (kinds is not [var only])
        {
            _diagnostics.Add(item.Location, $"{path}: exactly one of {string.Join(", ", Kinds)} is wanted");
            return null;
        }

        var name = rule.Scalar("name")?.Text;
        return only switch
        {
            "monotone" => Monotone(name, Inner(rule, path, only, ScenarioSchemas.Monotone)),
            "bounded" => Bounded(name, Inner(rule, path, only, ScenarioSchemas.Bounded)),
            "equal" => Equal(name, Inner(rule, path, only, ScenarioSchemas.Equal)),
            _ => That(name, $"{path}.that", rule["that"]!),
        };
    }

    private Section? Inner(Section rule, string path, string kind, ObjectSchema schema) =>
        Section.Read(rule[kind], schema, _diagnostics, $"{path}.{kind}");

    private Monotone? Monotone(string? name, Section? section)
    {
        if (section is null || Result(section) is not { } result || Parameter(section) is not { } parameter)
        {
            return null;
        }

        var direction = section.Scalar("direction")?.Text ?? "up";
        if (direction is not ("up" or "down"))
        {
            section.Report("direction", $"\"{direction}\" is neither up nor down");
            return null;
        }

        var says = $"{result} never goes {(direction == "up" ? "down" : "up")} as {parameter} grows";
        return new Monotone(
            name ?? says,
            result,
            parameter,
            direction == "up",
            Tolerated(section),
            context.DerivedNames
        );
    }

    private Bounded? Bounded(string? name, Section? section)
    {
        if (section is null || Result(section) is not { } result)
        {
            return null;
        }

        var (from, to) = (section.Number("from", double.MinValue), section.Number("to", double.MinValue));
        if (from is null && to is null)
        {
            section.Report("result", "a bound is wanted: from, to or both");
            return null;
        }

        if (from > to)
        {
            section.Report("to", $"no number lies between {EcmaText(from!.Value)} and {EcmaText(to!.Value)}");
        }

        var says = (from, to) switch
        {
            ({ } a, { } b) => $"{result} lies between {EcmaText(a)} and {EcmaText(b)}",
            ({ } a, null) => $"{result} is {EcmaText(a)} or more",
            _ => $"{result} is {EcmaText(to!.Value)} or less",
        };
        return new Bounded(name ?? says, result, from, to);
    }

    private EqualToBaseline? Equal(string? name, Section? section)
    {
        if (section is null || Result(section) is not { } result)
        {
            return null;
        }

        var to = section.Scalar("to")?.Text ?? "baseline";
        if (to != "baseline")
        {
            section.Report("to", $"\"{to}\" is not baseline");
            return null;
        }

        if (report.Baseline is not { } baseline)
        {
            section.Report("to", "there is no baseline; report.baseline names one");
            return null;
        }

        return new EqualToBaseline(name ?? $"{result} is the baseline's", result, baseline, Tolerated(section));
    }

    private ExpressionExpectation? That(string? name, string path, Node node)
    {
        var names = ParameterTable.Of([.. _parameters.Names, .. results ?? []]);
        return context.Expressions.Read(path, node, Scope.Parameters(names), Purpose.Truth) is { } expression
            ? new ExpressionExpectation(name ?? expression.Code, expression, names)
            : null;
    }

    private Tolerance Tolerated(Section section) =>
        section.Number("tolerance", least: 0) is { } relative ? new Tolerance(relative, Absolute: 0) : report.Tolerance;

    private string? Result(Section section)
    {
        var name = section.Scalar("result")?.Text;
        if (name is null)
        {
            section.Report("result", "the name of a result is wanted");
        }
        else if (results is not null && !results.Contains(name, StringComparer.Ordinal))
        {
            section.Report("result", $"{name} is not a result{DidYouMean.Hint(name, results)}");
            return null;
        }

        return name;
    }

    private string? Parameter(Section section)
    {
        var name = section.Scalar("in")?.Text;
        if (name is null || _parameters.Find(name) is null)
        {
            section.Report(
                "in",
                name is null
                    ? "the name of a parameter is wanted"
                    : $"{name} is not a parameter{DidYouMean.Hint(name, _parameters.Names)}"
            );
            return null;
        }

        return name;
    }

    private static string EcmaText(double number) => Json.EcmaNumber.Format(number);
}
