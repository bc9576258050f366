using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Expressions;
using AimmsOrchestrator.Scenarios.Values;
using AimmsOrchestrator.Scenarios.Yaml;

namespace AimmsOrchestrator.Scenarios.Reading.Sections;

/// <summary>Reads a parameter's values: a list, one value, or a range.</summary>
internal static class ValueReader
{
    /// <summary>The values; null where they cannot be read, with the reason among the diagnostics.</summary>
    public static ValueList? Values(string name, Node node, DiagnosticBag diagnostics)
    {
        foreach (var text in Node.ItemsOf(node).OfType<ScalarNode>().Where(item => item.Kind == ScalarKind.String))
        {
            if (ForeignNotation.Range(text.Text) is { } range)
            {
                diagnostics.Add(text.Location, $"{name}: \"{text.Text}\" is a text here; a range is {range}");
                return null;
            }
        }

        switch (node)
        {
            case MappingNode mapping:
                return RangeReader.Read(name, mapping, diagnostics);
            case SequenceNode { Items.Count: 0 }:
                diagnostics.Add(node.Location, $"{name} has no values");
                return null;
            case SequenceNode sequence:
                var values = sequence.Items.Select(item => Single(name, item, diagnostics)).ToList();
                return values.Contains(null) ? null : new WrittenValues(values!);
            default:
                return Single(name, node, diagnostics) is { } single ? new WrittenValues([single]) : null;
        }
    }

    /// <summary>One value of any type; null where it is none, with the reason among the diagnostics.</summary>
    public static Value? Single(string name, Node node, DiagnosticBag diagnostics)
    {
        var before = diagnostics.Count;
        Check(name, node, diagnostics);
        return diagnostics.Count == before ? Value.Of(node) : null;
    }

    private static void Check(string name, Node node, DiagnosticBag diagnostics)
    {
        switch (node)
        {
            case MappingNode mapping:
                foreach (var member in mapping.Members)
                {
                    Check(name, member.Value, diagnostics);
                }

                break;
            case SequenceNode sequence:
                foreach (var item in sequence.Items)
                {
                    Check(name, item, diagnostics);
                }

                break;
            case ScalarNode { Kind: ScalarKind.NotFinite } scalar:
                diagnostics.Add(scalar.Location, $"{name}: JSON cannot hold {scalar.Text}");
                break;
            case ScalarNode { Kind: ScalarKind.Number, Number: null } scalar:
                diagnostics.Add(scalar.Location, $"{name}: {scalar.Text} is beyond the range of numbers");
                break;
            case ScalarNode { Kind: ScalarKind.Number } scalar when NumberRange.IsRounded(scalar.Json):
                diagnostics.Warn(
                    scalar.Location,
                    $"{name}: {scalar.Text} has more digits than a number keeps: runs that differ in the last ones are one; write it in quotes"
                );
                break;
            case ScalarNode { Kind: ScalarKind.String } scalar when Template.IsIn(scalar.Text):
                diagnostics.Add(
                    scalar.Location,
                    $"{name}: a parameter's values are written out; an expression is not allowed here"
                );
                break;
        }
    }
}
