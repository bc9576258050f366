using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Reading.Sections;
using AimmsOrchestrator.Scenarios.Yaml;

namespace AimmsOrchestrator.Scenarios.Reading.Outcomes;

/// <summary>Reads <c>report.charts</c> and <c>report.thresholds</c>.</summary>
/// <param name="results">The results that the scenario names; null where the members of each response are its results.</param>
/// <param name="diagnostics">Where diagnostics go.</param>
internal sealed class ReportChartsReader(IReadOnlyList<string>? results, DiagnosticBag diagnostics)
{
    private const string Charts = "report.charts";
    private const string Thresholds = "report.thresholds";

    /// <summary>The author's choice; null where the program chooses.</summary>
    public IReadOnlyList<ChartChoice>? ReadCharts(Node? node)
    {
        if (node is null)
        {
            return null;
        }

        var choices = Node.ItemsOf(node).SelectMany(ReadItem).ToList();
        foreach (
            var twice in choices.GroupBy(choice => choice.Subject, StringComparer.Ordinal).Where(g => g.Count() > 1)
        )
        {
            diagnostics.Add(node.Location, $"{Charts}: {twice.Key} is named twice");
        }

        return choices;
    }

    /// <summary>The values of results that the report counts the runs above.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<double>> ReadThresholds(Node? node)
    {
        var thresholds = new Dictionary<string, IReadOnlyList<double>>(StringComparer.Ordinal);
        if (node is null)
        {
            return thresholds;
        }

        if (node is not MappingNode { Members.Count: > 0 } mapping)
        {
            diagnostics.Add(
                node.Location,
                $"{Thresholds}: results and their values are expected, as in {{ cost: 150 }}"
            );
            return thresholds;
        }

        foreach (var member in mapping.Members)
        {
            Check(member.Key.Text, member.Key.Location, Thresholds, []);
            thresholds[member.Name] = [.. Node.ItemsOf(member.Value).Select(Number).OfType<double>()];
        }

        return thresholds;
    }

    private IEnumerable<ChartChoice> ReadItem(Node item)
    {
        switch (item)
        {
            case ScalarNode { Text: { } subject }:
                Check(subject, item.Location, Charts, [ChartChoice.Failures, ChartChoice.Timeline]);
                return [new ChartChoice(subject, [])];

            case MappingNode { Members.Count: > 0 } mapping:
                return mapping.Members.Select(member =>
                {
                    Check(member.Key.Text, member.Key.Location, Charts, []);
                    return new ChartChoice(
                        member.Name,
                        [
                            .. Node.ItemsOf(member.Value)
                                .Select(kind => Section.Word(kind, Charts, ChartChoice.AllKinds, diagnostics))
                                .OfType<string>(),
                        ]
                    );
                });

            default:
                diagnostics.Add(
                    item.Location,
                    $"{Charts}: {item.Description} where a result is expected, as in [cost, {{ time: [lines, distribution] }}, failures, timeline]"
                );
                return [];
        }
    }

    private void Check(string name, SourceLocation location, string section, string[] words)
    {
        if (results is not null && !results.Contains(name, StringComparer.Ordinal) && !words.Contains(name))
        {
            string[] known = [.. results, .. words];
            diagnostics.Add(
                location,
                $"{section}: {name} is not a result{DidYouMean.Hint(name, known)} (there are {string.Join(", ", known)})"
            );
        }
    }

    private double? Number(Node node)
    {
        if (node is ScalarNode { Number: { } number })
        {
            return number;
        }

        diagnostics.Add(node.Location, $"{Thresholds}: {node.Description} is not a number");
        return null;
    }
}
