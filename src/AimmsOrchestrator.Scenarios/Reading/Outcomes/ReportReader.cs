using AimmsOrchestrator.Domain.Expectations;
using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Language;
using AimmsOrchestrator.Scenarios.Reading.Sections;
using AimmsOrchestrator.Scenarios.Values;
using AimmsOrchestrator.Scenarios.Yaml;

namespace AimmsOrchestrator.Scenarios.Reading.Outcomes;

/// <summary>Reads <c>report</c>.</summary>
/// <param name="parameters">The parameters.</param>
/// <param name="results">The results that the scenario names; null where the members of each response are its results.</param>
/// <param name="diagnostics">Where diagnostics go.</param>
internal sealed class ReportReader(ParameterTable parameters, IReadOnlyList<string>? results, DiagnosticBag diagnostics)
{
    private readonly ReportChartsReader _charts = new(results, diagnostics);

    public ReportSettings Read(Node? node) =>
        Section.Read(node, ScenarioSchemas.Report, diagnostics) is { } section
            ? new ReportSettings
            {
                Baseline = Baseline(section["baseline"]),
                Formats = Formats(section["formats"]),
                Output = Output(section) ?? ReportSettings.None.Output,
                Tolerance = section.Number("tolerance", least: 0) is { } relative
                    ? new Tolerance(relative, Absolute: 0)
                    : Tolerance.Default,
                Charts = _charts.ReadCharts(section["charts"]),
                Thresholds = _charts.ReadThresholds(section["thresholds"]),
            }
            : ReportSettings.None;

    private static string? Output(Section section)
    {
        if (section.Scalar("output")?.Text is not { } output)
        {
            return null;
        }

        if (output.Contains('\0', StringComparison.Ordinal))
        {
            section.Report("output", "a folder's name cannot have the character U+0000");
        }

        return output;
    }

    private BaselineRun? Baseline(Node? node)
    {
        if (node is null)
        {
            return null;
        }

        if (node is not MappingNode { Members.Count: > 0 } mapping)
        {
            diagnostics.Add(
                node.Location,
                "report.baseline: the parameters of a run are expected, as in { freight: 90 }"
            );
            return null;
        }

        foreach (var member in mapping.Members.Where(member => parameters.Find(member.Name) is null))
        {
            diagnostics.Add(
                member.Key.Location,
                $"report.baseline: {member.Name} is not a parameter{DidYouMean.Hint(member.Name, parameters.Names)}"
            );
        }

        return new BaselineRun(
            mapping.Members.ToDictionary(
                member => member.Name,
                member => Value.Of(member.Value).Element,
                StringComparer.Ordinal
            )
        );
    }

    private List<string> Formats(Node? node) =>
        [
            .. Node.ItemsOf(node)
                .Select(item => Section.Word(item, "report.formats", ScenarioSchemas.ReportFormats, diagnostics))
                .OfType<string>(),
        ];
}
