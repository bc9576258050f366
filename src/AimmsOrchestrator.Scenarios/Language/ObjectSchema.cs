using System.Collections;

namespace AimmsOrchestrator.Scenarios.Language;

/// <summary>One property of a mapping in a scenario.</summary>
/// <param name="Name">Its key in the YAML.</param>
/// <param name="Schema">The values it may have.</param>
/// <param name="Description">What it says, in a sentence for the scenario's author: editors show it.</param>
internal sealed record SchemaProperty(string Name, ValueSchema Schema, string Description);

/// <summary>
/// A mapping in a scenario and the properties it may have. The readers and the JSON Schema both use it, so that the two
/// cannot differ.
/// </summary>
/// <param name="path">The prefix of its properties' names in diagnostics, as in <c>limits.submits</c>; empty for the scenario itself.</param>
/// <param name="document">What it is a part of.</param>
internal sealed class ObjectSchema(string path, string document = "a scenario") : IEnumerable<SchemaProperty>
{
    private readonly List<SchemaProperty> _properties = [];

    public string Path { get; } = path;

    public string Document { get; } = document;

    /// <summary>What holds of its properties together, each as JSON Schema: one that needs another, two that exclude each other.</summary>
    public IReadOnlyList<string> Rules { get; private init; } = [];

    /// <summary>The names of its properties, in the order to show them.</summary>
    public IEnumerable<string> Names => _properties.Select(property => property.Name);

    public void Add(string name, ValueSchema schema, string description) =>
        _properties.Add(new SchemaProperty(name, schema, description));

    /// <summary>The same properties with rules about them.</summary>
    public ObjectSchema With(params IReadOnlyList<string> rules)
    {
        var copy = new ObjectSchema(Path, Document) { Rules = rules };
        copy._properties.AddRange(_properties);
        return copy;
    }

    public SchemaProperty? Find(string name) => _properties.Find(property => property.Name == name);

    public IEnumerator<SchemaProperty> GetEnumerator() => _properties.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
