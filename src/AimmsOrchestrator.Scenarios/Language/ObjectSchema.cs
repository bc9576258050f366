namespace AimmsOrchestrator.Scenarios.Language;

/// <summary>One key of a mapping in a scenario.</summary>
/// <param name="Name">As it is written.</param>
/// <param name="Description">What it says, in a sentence for its author: editors show it.</param>
/// <param name="Form">What it may hold.</param>
internal sealed record SchemaProperty(string Name, string Description, ValueSchema Form)
{
    /// <summary>Whether the mapping is nothing without it.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Whether this version only checks how it is written, and does not carry it out yet.</summary>
    public bool IsPlanned { get; init; }
}

/// <summary>
/// A mapping in a scenario and the keys it may have. The readers take their keys from here, and the JSON Schema is made
/// from here, so that the two cannot differ.
/// </summary>
internal sealed class ObjectSchema
{
    private readonly Dictionary<string, SchemaProperty> _keys;

    /// <param name="path">What its keys are called after, as in <c>limits.submits</c>; empty for the scenario itself.</param>
    /// <param name="keys">In the order to show them.</param>
    public ObjectSchema(string path, params SchemaProperty[] keys)
    {
        Path = path;
        Keys = keys;
        _keys = keys.ToDictionary(key => key.Name, StringComparer.Ordinal);
    }

    public string Path { get; }

    public IReadOnlyList<SchemaProperty> Keys { get; }

    /// <summary>The keys that are carried out, by name, in the order to show them.</summary>
    public IEnumerable<string> Names => Keys.Where(key => !key.IsPlanned).Select(key => key.Name);

    public SchemaProperty? Find(string name) => _keys.GetValueOrDefault(name);

    /// <summary>Keys that are all alike, as the numbers of a distribution are.</summary>
    public static ObjectSchema Of(string path, IEnumerable<string> names, ValueSchema form) =>
        new(path, [.. names.Select(name => new SchemaProperty(name, "", form))]);
}
