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
    private readonly DiagnosticBag _mistakes;

    private Section(MappingNode node, string path, DiagnosticBag mistakes)
    {
        _node = node;
        _path = path;
        _mistakes = mistakes;
    }

    public SourceLocation Location => _node.Location;

    /// <summary>The section; null where it is left out, empty or not a mapping (which is a mistake).</summary>
    /// <param name="node">What is written.</param>
    /// <param name="shape">The keys it may have.</param>
    /// <param name="mistakes">Where mistakes go.</param>
    /// <param name="path">What its keys are called after; the shape's path by default.</param>
    public static Section? Of(Node? node, ObjectSchema shape, DiagnosticBag mistakes, string? path = null)
    {
        path ??= shape.Path;
        if (node is null or ScalarNode { Kind: ScalarKind.Null })
        {
            return null;
        }

        if (node is not MappingNode mapping)
        {
            mistakes.Add(
                node.Location,
                $"{path}: {node.Description} where a mapping is wanted, with {string.Join(", ", shape.Names)}"
            );
            return null;
        }

        var section = new Section(mapping, path, mistakes);
        foreach (var (name, value) in mapping.Members)
        {
            section.Check(name, value, shape);
        }

        return section;
    }

    /// <summary>What the key holds; null where it is left out or holds nothing.</summary>
    public Node? this[string key] =>
        _node.Find(key) is { } node and not ScalarNode { Kind: ScalarKind.Null } ? node : null;

    /// <summary>Where a key's value stands; the section's own place where it has none.</summary>
    public SourceLocation PlaceOf(string key) => _node.Find(key)?.Location ?? Location;

    /// <summary>A mistake about one key, at its value.</summary>
    public void Wrong(string key, string why) => _mistakes.Add(PlaceOf(key), $"{Name(key)}: {why}");

    /// <summary>A single value as it was written; null where it is left out or is no single value.</summary>
    public ScalarNode? Scalar(string key)
    {
        var node = this[key];
        if (node is null or ScalarNode)
        {
            return (ScalarNode?)node;
        }

        Wrong(key, $"{node.Description} where one value is wanted");
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

        Wrong(key, $"{scalar.Description} is not a whole number from {least} on");
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

        Wrong(key, $"{scalar.Description} is not a number from {EcmaText(least)} on");
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
        Wrong(key, $"{scalar.Description} is not a duration{unit}");
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
            Wrong(key, $"{scalar.Description} is not a rate; write 30/min, 20/s or 1000/h");
        }

        return rate;
    }

    private void Check(ScalarNode name, Node value, ObjectSchema shape)
    {
        if (shape.Find(name.Text) is not { } key)
        {
            _mistakes.Add(
                name.Location,
                $"{Name(name.Text)} is not a key of a scenario{DidYouMean.Hint(name.Text, shape.Keys.Select(k => k.Name))} "
                    + $"({(_path.Length == 0 ? "it" : _path)} may have {string.Join(", ", shape.Names)})"
            );
        }
        else if (key.IsPlanned)
        {
            _mistakes.Warn(
                name.Location,
                $"{Name(name.Text)} is checked, but this version does not carry it out yet: the batch runs as if it were not there"
            );
            CheckForm(key, Name(name.Text), value);
        }
    }

    /// <summary>How a key is written that no reader of its own reads.</summary>
    private void CheckForm(SchemaProperty key, string name, Node value)
    {
        if (key.Form.Shape is { } shape)
        {
            if (Of(value, shape, _mistakes, name) is not null)
            {
                foreach (var member in ((MappingNode)value).Members)
                {
                    if (shape.Find(member.Name) is { } inner)
                    {
                        CheckForm(inner, $"{name}.{member.Name}", member.Value);
                    }
                }
            }
        }
        else if (key.Form.Complaint(value) is { } wanted)
        {
            _mistakes.Add(value.Location, $"{name}: {value.Description} where this is wanted: {wanted}");
        }
    }

    private static string EcmaText(double number) => Json.EcmaNumber.Format(number);

    private string Name(string key) => _path.Length == 0 ? key : $"{_path}.{key}";
}
