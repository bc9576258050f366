namespace AimmsOrchestrator.Scenarios.Language;

/// <summary>One key of a mapping in a scenario.</summary>
/// <param name="Name">As it is written.</param>
/// <param name="Description">What it says, in a sentence for its author: editors show it.</param>
/// <param name="Form">What it may hold.</param>
internal sealed record Key(string Name, string Description, Form Form)
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
internal sealed class Shape
{
    private readonly Dictionary<string, Key> _keys;

    /// <param name="path">What its keys are called after, as in <c>limits.submits</c>; empty for the scenario itself.</param>
    /// <param name="keys">In the order to show them.</param>
    public Shape(string path, params Key[] keys)
    {
        Path = path;
        Keys = keys;
        _keys = keys.ToDictionary(key => key.Name, StringComparer.Ordinal);
    }

    public string Path { get; }

    public IReadOnlyList<Key> Keys { get; }

    /// <summary>The keys that are carried out, by name, in the order to show them.</summary>
    public IEnumerable<string> Names => Keys.Where(key => !key.IsPlanned).Select(key => key.Name);

    public Key? Find(string name) => _keys.GetValueOrDefault(name);

    /// <summary>Keys that are all alike, as the numbers of a distribution are.</summary>
    public static Shape Of(string path, IEnumerable<string> names, Form form) =>
        new(path, [.. names.Select(name => new Key(name, "", form))]);
}
