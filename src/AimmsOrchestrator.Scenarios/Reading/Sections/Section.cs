using System.Globalization;
using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Language;
using AimmsOrchestrator.Scenarios.Yaml;

namespace AimmsOrchestrator.Scenarios.Reading.Sections;

/// <summary>
/// One mapping of the scenario, read key by key: a key that is not known is a mistake with the nearest one that is, and a
/// key of the language that this version does not carry out yet is checked, and told as a warning.
/// </summary>
internal sealed class Section
{
    private readonly MappingNode _node;
    private readonly string _path;
    private readonly DiagnosticBag _diagnostics;

    private Section(MappingNode node, string path, DiagnosticBag diagnostics)
    {
        _node = node;
        _path = path;
        _diagnostics = diagnostics;
    }

    public SourceLocation Location => _node.Location;

    /// <summary>The section; null where it is left out, empty or not a mapping (which is a diagnostic).</summary>
    /// <param name="node">What is written.</param>
    /// <param name="schema">The keys it may have.</param>
    /// <param name="diagnostics">Where diagnostics go.</param>
    /// <param name="path">What its keys are called after; the shape's path by default.</param>
    public static Section? Read(Node? node, ObjectSchema schema, DiagnosticBag diagnostics, string? path = null)
    {
        path ??= schema.Path;
        if (node is null or ScalarNode { Kind: ScalarKind.Null })
        {
            return null;
        }

        if (node is not MappingNode mapping)
        {
            diagnostics.Add(
                node.Location,
                $"{path}: {node.Description} where a mapping is wanted, with {string.Join(", ", schema.Names)}"
            );
            return null;
        }

        var section = new Section(mapping, path, diagnostics);
        foreach (var member in mapping.Members)
        {
            section.Check(member.Key, schema);
        }

        return section;
    }

    /// <summary>What the key holds; null where it is left out or holds nothing.</summary>
    public Node? this[string key] =>
        _node.Find(key) is { } node and not ScalarNode { Kind: ScalarKind.Null } ? node : null;

    /// <summary>Where a key's value stands; the section's own place where it has none.</summary>
    public SourceLocation LocationOf(string key) => _node.Find(key)?.Location ?? Location;

    /// <summary>A mistake about one key, at its value.</summary>
    public void Report(string key, string why) => _diagnostics.Add(LocationOf(key), $"{Name(key)}: {why}");

    /// <summary>A single value as it was written; null where it is left out or is no single value.</summary>
    public ScalarNode? Scalar(string key)
    {
        var node = this[key];
        if (node is null or ScalarNode)
        {
            return (ScalarNode?)node;
        }

        Report(key, $"{node.Description} where one value is wanted");
        return null;
    }

    public int? WholeNumber(string key, int least)
    {
        if (Scalar(key) is not { } scalar)
        {
            return null;
        }

        if (
            scalar.Kind == ScalarKind.Number
            && int.TryParse(scalar.Json, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= least
        )
        {
            return number;
        }

        Report(key, $"{scalar.Description} is not a whole number from {least} on");
        return null;
    }

    public double? Number(string key, double least)
    {
        if (Scalar(key) is not { } scalar)
        {
            return null;
        }

        if (
            scalar.Kind == ScalarKind.Number
            && double.Parse(scalar.Json, CultureInfo.InvariantCulture) is var number
            && double.IsFinite(number)
            && number >= least
        )
        {
            return number;
        }

        Report(key, $"{scalar.Description} is not a number from {EcmaText(least)} on");
        return null;
    }

    /// <summary>More than zero.</summary>
    public TimeSpan? Duration(string key)
    {
        if (Scalar(key) is not { } scalar)
        {
            return null;
        }

        if (DurationReader.Parse(scalar.Text) is { } duration && duration > TimeSpan.Zero)
        {
            return duration;
        }

        var unit =
            scalar.Kind == ScalarKind.Number
                ? $" without a unit; write {scalar.Text}s or {scalar.Text}m"
                : "; write 90s or 5m";
        Report(key, $"{scalar.Description} is not a duration{unit}");
        return null;
    }

    public Rate? Rate(string key)
    {
        if (Scalar(key) is not { } scalar)
        {
            return null;
        }

        var rate = Rates.Parse(scalar.Text);
        if (rate is null)
        {
            Report(key, $"{scalar.Description} is not a rate; write 30/min, 20/s or 1000/h");
        }

        return rate;
    }

    private void Check(ScalarNode name, ObjectSchema schema)
    {
        if (!schema.Has(name.Text))
        {
            _diagnostics.Add(
                name.Location,
                $"{Name(name.Text)} is not a key of a scenario{DidYouMean.Hint(name.Text, schema.Names)} "
                    + $"({(_path.Length == 0 ? "it" : _path)} may have {string.Join(", ", schema.Names)})"
            );
        }
    }

    private static string EcmaText(double number) => Json.EcmaNumber.Format(number);

    private string Name(string key) => _path.Length == 0 ? key : $"{_path}.{key}";
}
