using System.Buffers;
using System.Text.Json;
using AimmsOrchestrator.Domain.Expectations;
using AimmsOrchestrator.Scenarios.Json;
using AimmsOrchestrator.Scenarios.Language;
using AimmsOrchestrator.Scenarios.Sweeps;
using AimmsOrchestrator.Scenarios.Yaml;

namespace AimmsOrchestrator.Scenarios.Reading;

/// <summary>Reads <c>report</c>.</summary>
internal sealed class ReportReader(ParameterTable parameters, MistakeList mistakes)
{
    public ReportSettings Read(Node? node) =>
        Section.Of(node, ScenarioShapes.Report, mistakes) is { } section
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
            mistakes.Add(node.Place, "report.baseline: the parameters of a run are wanted, as in { freight: 90 }");
            return null;
        }

        foreach (var member in mapping.Members.Where(member => parameters.Find(member.Name) is null))
        {
            mistakes.Add(
                member.Key.Place,
                $"report.baseline: {member.Name} is not a parameter{NearestWord.Hint(member.Name, parameters.Names)}"
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
            if (item is ScalarNode word && ScenarioShapes.ReportFormats.Contains(word.Text))
            {
                formats.Add(word.Text);
            }
            else
            {
                var hint = item is ScalarNode s ? NearestWord.Hint(s.Text, ScenarioShapes.ReportFormats) : "";
                mistakes.Add(
                    item.Place,
                    $"report.formats: {item.Description} is not one of {string.Join(", ", ScenarioShapes.ReportFormats)}{hint}"
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
