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
/// <param name="context">The scenario's parameters and expressions.</param>
/// <param name="results">The names of its results; null where the members of each response are the results.</param>
/// <param name="report">Its report: the baseline, and the default tolerance of a rule.</param>
internal sealed class ExpectReader(SweepContext context, IReadOnlyList<string>? results, ReportSettings report)
{
    private static readonly string[] Kinds = ["monotone", "bounded", "equal", "that"];

    private readonly ParameterTable _parameters = context.Parameters;
    private readonly DiagnosticBag _diagnostics = context.Diagnostics;

    public IReadOnlyList<IExpectation> Read(Node? node)
    {
        return [.. Node.ItemsOf(node).Select(Rule).OfType<IExpectation>()];
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
            _diagnostics.Add(item.Location, $"{path}: exactly one of {string.Join(", ", Kinds)} is expected");
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

        var isRising = section.Word("direction") != "down";
        name ??= $"{result} never goes {(isRising ? "down" : "up")} as {parameter} grows";
        return new Monotone(name, result, parameter, isRising, ReadTolerance(section), context.DerivedNames);
    }

    private Bounded? Bounded(string? name, Section? section)
    {
        if (section is null || Result(section) is not { } result)
        {
            return null;
        }

        var (from, to) = (section.Number("from"), section.Number("to"));
        if (from is null && to is null)
        {
            section.Report("result", "a bound is expected: from, to or both");
            return null;
        }

        if (from > to)
        {
            section.Report("to", $"no number lies between {Format(from)} and {Format(to)}");
        }

        var says = (from, to) switch
        {
            (not null, not null) => $"{result} lies between {Format(from)} and {Format(to)}",
            (not null, null) => $"{result} is {Format(from)} or more",
            _ => $"{result} is {Format(to)} or less",
        };
        return new Bounded(name ?? says, result, from, to);
    }

    private EqualToBaseline? Equal(string? name, Section? section)
    {
        if (section is null || Result(section) is not { } result)
        {
            return null;
        }

        _ = section.Word("to");
        if (report.Baseline is not { } baseline)
        {
            section.Report("to", "there is no baseline; report.baseline names one");
            return null;
        }

        return new EqualToBaseline(name ?? $"{result} is the baseline's", result, baseline, ReadTolerance(section));
    }

    private ExpressionExpectation? That(string? name, string path, Node node)
    {
        var names = ParameterTable.Of([.. _parameters.Names, .. results ?? []]);
        return context.Expressions.Read(path, node, Scope.Parameters(names), Purpose.Truth) is { } expression
            ? new ExpressionExpectation(name ?? expression.Code, expression, names)
            : null;
    }

    private Tolerance ReadTolerance(Section section) =>
        section.Number("tolerance", least: 0) is { } relative ? new Tolerance(relative, Absolute: 0) : report.Tolerance;

    private string? Result(Section section)
    {
        var name = section.Scalar("result")?.Text;
        if (name is null)
        {
            section.Report("result", "the name of a result is expected");
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
                    ? "the name of a parameter is expected"
                    : $"{name} is not a parameter{DidYouMean.Hint(name, _parameters.Names)}"
            );
            return null;
        }

        return name;
    }

    private static string Format(double? number) => Json.EcmaNumber.Format(number!.Value);
}
