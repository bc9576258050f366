using System.Globalization;
using AimmsOrchestrator.Scenarios.Diagnostics;

namespace AimmsOrchestrator.Scenarios.Yaml;

/// <summary>A piece of YAML or JSON and its location. Immutable, so that aliases may share it.</summary>
internal abstract class Node(SourceLocation location)
{
    public SourceLocation Location { get; } = location;

    /// <summary>Its name in diagnostics: "a list", "a mapping", the text of a scalar in quotes.</summary>
    public abstract string Description { get; }

    /// <summary>The number of its nodes with every alias expanded.</summary>
    public abstract long Size { get; }

    /// <summary>The items of a list; any other node is a list of one, null an empty one.</summary>
    public static IReadOnlyList<Node> ItemsOf(Node? node) =>
        node switch
        {
            null => [],
            SequenceNode list => list.Items,
            _ => [node],
        };
}

/// <summary>The types that YAML 1.2's core schema gives a scalar.</summary>
internal enum ScalarKind
{
    Null,
    Boolean,
    Number,

    /// <summary><c>.inf</c> and <c>.nan</c>: numbers that JSON cannot hold.</summary>
    NotFinite,
    String,
}

/// <summary>A single value.</summary>
/// <param name="location">The location of its first character, the opening quote included.</param>
/// <param name="kind">Its type.</param>
/// <param name="text">A string's characters; anything else as it was written.</param>
/// <param name="json">Its JSON, with the digits of a number as they were written; empty for strings.</param>
/// <param name="lead">The number of characters before the text itself: 0 plain, 1 quoted; -1 where the text spans lines.</param>
internal sealed class ScalarNode(SourceLocation location, ScalarKind kind, string text, string json, int lead)
    : Node(location)
{
    public ScalarKind Kind { get; } = kind;

    public string Text { get; } = text;

    public string Json { get; } = json;

    /// <summary>A number within the range of a double; null where it is anything else.</summary>
    public double? Number =>
        Kind == ScalarKind.Number && CoreSchema.IsInRange(Json)
            ? double.Parse(Json, CultureInfo.InvariantCulture)
            : null;

    public override string Description => Kind == ScalarKind.Null && Text.Length == 0 ? "nothing" : $"\"{Text}\"";

    public override long Size => 1;

    public static ScalarNode String(SourceLocation location, string text) =>
        new(location, ScalarKind.String, text, "", 1);

    public static ScalarNode Null(SourceLocation location) => new(location, ScalarKind.Null, "null", "null", 0);

    /// <summary>The location of a character of the text; the scalar's own where the text spans lines.</summary>
    public SourceLocation At(int index) => lead < 0 ? Location : Location.Offset(lead + index);
}

/// <summary>A list.</summary>
internal sealed class SequenceNode(SourceLocation location, IReadOnlyList<Node> items) : Node(location)
{
    public IReadOnlyList<Node> Items { get; } = items;

    public override string Description => "a list";

    public override long Size { get; } = 1 + items.Sum(item => item.Size);
}

/// <summary>One <c>key: value</c>.</summary>
internal sealed record Member(ScalarNode Key, Node Value)
{
    public string Name => Key.Text;
}

/// <summary>Names and values, in the order they are written; no name twice.</summary>
internal sealed class MappingNode(SourceLocation location, IReadOnlyList<Member> members) : Node(location)
{
    public IReadOnlyList<Member> Members { get; } = members;

    public override string Description => "a mapping";

    public override long Size { get; } = 1 + members.Sum(member => 1 + member.Value.Size);

    public Node? Find(string name)
    {
        foreach (var member in Members)
        {
            if (member.Name == name)
            {
                return member.Value;
            }
        }

        return null;
    }
}
