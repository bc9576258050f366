using System.Globalization;
using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Json;
using AimmsOrchestrator.Scenarios.Language;
using AimmsOrchestrator.Scenarios.Yaml;

namespace AimmsOrchestrator.Scenarios.Reading.Sections;

/// <summary>One mapping of the scenario. A property that its schema does not have is an error, with the nearest name that it has.</summary>
internal sealed class Section
{
    private readonly MappingNode _node;
    private readonly ObjectSchema _schema;
    private readonly string _path;
    private readonly DiagnosticBag _diagnostics;

    private Section(MappingNode node, ObjectSchema schema, string path, DiagnosticBag diagnostics)
    {
        _node = node;
        _schema = schema;
        _path = path;
        _diagnostics = diagnostics;
    }

    public SourceLocation Location => _node.Location;

    /// <summary>The section; null where it is left out, empty or, with a diagnostic, no mapping.</summary>
    /// <param name="node">The section's YAML.</param>
    /// <param name="schema">The properties it may have.</param>
    /// <param name="diagnostics">Where diagnostics go.</param>
    /// <param name="path">The prefix of its properties' names in diagnostics; the schema's path by default.</param>
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
                $"{path}: {node.Description} where a mapping is expected, with {string.Join(", ", schema.Names)}"
            );
            return null;
        }

        var section = new Section(mapping, schema, path, diagnostics);
        foreach (var name in mapping.Members.Select(member => member.Key).Where(key => schema.Find(key.Text) is null))
        {
            diagnostics.Add(
                name.Location,
                $"{section.Name(name.Text)} is not a key of {schema.Document}{DidYouMean.Hint(name.Text, schema.Names)} "
                    + $"({(path.Length == 0 ? "it" : path)} may have {string.Join(", ", schema.Names)})"
            );
        }

        return section;
    }

    /// <summary>The property's value; null where it is left out or null.</summary>
    public Node? this[string key] =>
        _node.Find(key) is { } node and not ScalarNode { Kind: ScalarKind.Null } ? node : null;

    /// <summary>Whether the property was probably meant by a key that the schema does not have.</summary>
    public bool IsMisspelt(string key) =>
        _node.Members.Any(member =>
            _schema.Find(member.Key.Text) is null && DidYouMean.Among(member.Key.Text, _schema.Names) == key
        );

    /// <summary>The location of the property's value; the section's own where it has none.</summary>
    public SourceLocation LocationOf(string key) => _node.Find(key)?.Location ?? Location;

    /// <summary>Reports an error in one property, at its value.</summary>
    public void Report(string key, string why) => _diagnostics.Add(LocationOf(key), $"{Name(key)}: {why}");

    /// <summary>Reports that a property is missing, unless it is there.</summary>
    /// <param name="key">The property.</param>
    /// <param name="what">What it says.</param>
    public void Require(string key, string what)
    {
        if (this[key] is null)
        {
            _diagnostics.Add(Location, $"{Name(key)} is missing: {what}");
        }
    }

    /// <summary>The first and the longest of growing waits; an error where the longest is shorter.</summary>
    public (TimeSpan First, TimeSpan Longest) Waits(TimeSpan defaultFirst, TimeSpan defaultLongest)
    {
        var first = Duration("first") ?? defaultFirst;
        var longest = Duration("max") ?? defaultLongest;
        if (longest < first && this["max"] is not null)
        {
            Report("max", $"the longest wait is shorter than the first one, {first.TotalSeconds} s");
        }

        return (first, longest < first ? first : longest);
    }

    /// <summary>A single value; null where it is left out or, with a diagnostic, no single value.</summary>
    public ScalarNode? Scalar(string key)
    {
        var node = this[key];
        if (node is null or ScalarNode)
        {
            return (ScalarNode?)node;
        }

        Report(key, $"{node.Description} where one value is expected");
        return null;
    }

    /// <summary>One of the words that the schema allows; null where it is left out or, with a diagnostic, none of them.</summary>
    public string? Word(string key) =>
        this[key] is { } node ? Word(node, Name(key), _schema.Find(key)!.Schema.Words, _diagnostics) : null;

    /// <summary>One of a few words; null, with a diagnostic, where the node is none of them.</summary>
    public static string? Word(Node node, string name, IReadOnlyList<string> words, DiagnosticBag diagnostics)
    {
        var text = (node as ScalarNode)?.Text;
        if (text is not null && words.Contains(text))
        {
            return text;
        }

        var hint = DidYouMean.Hint(text ?? "", words);
        diagnostics.Add(node.Location, $"{name}: {node.Description} is not one of {string.Join(", ", words)}{hint}");
        return null;
    }

    public bool? Truth(string key) =>
        Parse<bool>(
            key,
            scalar =>
                scalar.Json switch
                {
                    "true" => true,
                    "false" => false,
                    _ => null,
                },
            _ => "is not true or false"
        );

    public int? WholeNumber(string key, int least) =>
        Parse<int>(
            key,
            scalar =>
                scalar.Kind == ScalarKind.Number
                && int.TryParse(
                    scalar.Json,
                    NumberStyles.AllowLeadingSign,
                    CultureInfo.InvariantCulture,
                    out var number
                )
                && number >= least
                    ? number
                    : null,
            _ => $"is not a whole number of {least} or more"
        );

    public double? Number(string key, double least = double.MinValue) =>
        Parse<double>(
            key,
            scalar => scalar.Number is { } number && number >= least ? number : null,
            _ => least == double.MinValue ? "is not a number" : $"is not a number of {EcmaNumber.Format(least)} or more"
        );

    /// <summary>A duration above zero.</summary>
    public TimeSpan? Duration(string key) =>
        Parse<TimeSpan>(
            key,
            scalar => DurationReader.Parse(scalar.Text) is { } duration && duration > TimeSpan.Zero ? duration : null,
            scalar =>
                scalar.Kind == ScalarKind.Number
                    ? $"is not a duration without a unit; write {scalar.Text}s or {scalar.Text}m"
                    : "is not a duration; write 90s or 5m"
        );

    public Rate? Rate(string key)
    {
        var scalar = Scalar(key);
        var rate = scalar is null ? null : RateReader.Parse(scalar.Text);
        if (scalar is not null && rate is null)
        {
            Report(key, $"{scalar.Description} is not a rate; write 30/min, 20/s or 1000/h");
        }

        return rate;
    }

    /// <summary>A size in bytes.</summary>
    public long? Size(string key, long largest = SizeReader.Largest) =>
        Parse<long>(
            key,
            written => SizeReader.Parse(written.Text, largest),
            _ => $"is not a size from 1kB to {SizeReader.Text(largest)}; write 64MB or 1GB"
        );

    /// <summary>A single value that has a notation of its own; null where it is left out or, with a diagnostic, cannot be read.</summary>
    public T? Parse<T>(string key, Func<ScalarNode, T?> parse, Func<ScalarNode, string> problem)
        where T : struct
    {
        if (Scalar(key) is not { } scalar)
        {
            return null;
        }

        var value = parse(scalar);
        if (value is null)
        {
            Report(key, $"{scalar.Description} {problem(scalar)}");
        }

        return value;
    }

    private string Name(string key) => _path.Length == 0 ? key : $"{_path}.{key}";
}
