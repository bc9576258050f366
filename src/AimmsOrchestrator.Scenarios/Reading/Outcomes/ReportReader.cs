using System.Buffers;
using System.Text.Json;
using AimmsOrchestrator.Domain.Expectations;
using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Json;
using AimmsOrchestrator.Scenarios.Language;
using AimmsOrchestrator.Scenarios.Reading.Sections;
using AimmsOrchestrator.Scenarios.Values;
using AimmsOrchestrator.Scenarios.Yaml;

namespace AimmsOrchestrator.Scenarios.Reading.Outcomes;

/// <summary>Reads <c>report</c>.</summary>
internal sealed class ReportReader(ParameterTable parameters, DiagnosticBag diagnostics)
{
    public ReportSettings Read(Node? node) =>
        Section.Read(node, ScenarioSchemas.Report, diagnostics) is { } section
            ? new ReportSettings
            {
                Baseline = Baseline(section["baseline"]),
                Formats = Formats(section["formats"]),
                Output = section.Scalar("output")?.Text ?? ReportSettings.None.Output,
                Tolerance = section.Number("tolerance", least: 0) is { } relative
                    ? new Tolerance(relative, Absolute: 0)
                    : Tolerance.Default,
            }
            : ReportSettings.None;

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
                "report.baseline: the parameters of a run are wanted, as in { freight: 90 }"
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
            mapping.Members.ToDictionary(member => member.Name, member => Json(member.Value), StringComparer.Ordinal)
        );
    }

    private List<string> Formats(Node? node)
    {
        var formats = new List<string>();
        var items = node switch
        {
            null => [],
            SequenceNode list => list.Items,
            _ => [node],
        };
        foreach (var item in items)
        {
            if (item is ScalarNode word && ScenarioSchemas.ReportFormats.Contains(word.Text))
            {
                formats.Add(word.Text);
            }
            else
            {
                var hint = item is ScalarNode s ? DidYouMean.Hint(s.Text, ScenarioSchemas.ReportFormats) : "";
                diagnostics.Add(
                    item.Location,
                    $"report.formats: {item.Description} is not one of {string.Join(", ", ScenarioSchemas.ReportFormats)}{hint}"
                );
            }
        }

        return formats;
    }

    private static JsonElement Json(Node node)
    {
        var buffer = new ArrayBufferWriter<byte>();
        NodeWriter.Write(buffer, node);
        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        return document.RootElement.Clone();
    }
}
