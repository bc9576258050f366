using System.Globalization;
using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Scenarios.Yaml;

namespace AimmsOrchestrator.Scenarios.Reading;

/// <summary>
/// One mapping of the scenario, read key by key: a key that is not known is a mistake with the nearest one that is, and a
/// key of the language that this version does not carry out yet is refused, never passed over.
/// </summary>
internal sealed class Section
{
    private readonly MappingNode _node;
    private readonly string _path;
    private readonly MistakeList _mistakes;

    private Section(MappingNode node, string path, MistakeList mistakes)
    {
        _node = node;
        _path = path;
        _mistakes = mistakes;
    }

    public Place Place => _node.Place;

    /// <summary>The section; null where it is left out, empty or not a mapping (which is a mistake).</summary>
    /// <param name="known">The keys it may have, in the order to show them.</param>
    /// <param name="planned">Keys that the language has and this version does not.</param>
    public static Section? Of(Node? node, string path, string[] known, string[] planned, MistakeList mistakes)
    {
        if (node is null or ScalarNode { Kind: ScalarKind.Null })
        {
            return null;
        }

        if (node is not MappingNode mapping)
        {
            mistakes.Add(
                node.Place,
                $"{path}: {node.Description} where a mapping is wanted, with {string.Join(", ", known)}"
            );
            return null;
        }

        foreach (var key in mapping.Members.Select(member => member.Key).Where(key => !known.Contains(key.Text)))
        {
            mistakes.Add(key.Place, Refusal(key.Text, path, known, planned));
        }

        return new Section(mapping, path, mistakes);
    }

    /// <summary>What the key holds; null where it is left out or holds nothing.</summary>
    public Node? this[string key] =>
        _node.Find(key) is { } node and not ScalarNode { Kind: ScalarKind.Null } ? node : null;

    /// <summary>A mistake about one key, at its value.</summary>
    public void Wrong(string key, string why) => _mistakes.Add(_node.Find(key)?.Place ?? Place, $"{Name(key)}: {why}");

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

        if (Durations.Parse(scalar.Text) is { } duration && duration > TimeSpan.Zero)
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

    private static string Refusal(string key, string path, string[] known, string[] planned)
    {
        var owner = path.Length == 0 ? "" : $"{path}.";
        return planned.Contains(key)
            ? $"{owner}{key} is part of the scenario language, but this version cannot do it yet; take it out for now"
            : $"{owner}{key} is not a key of a scenario{NearestWord.Hint(key, known.Concat(planned))} "
                + $"({(path.Length == 0 ? "it" : path)} may have {string.Join(", ", known)})";
    }

    private static string EcmaText(double number) => Json.EcmaNumber.Format(number);

    private string Name(string key) => _path.Length == 0 ? key : $"{_path}.{key}";
}
