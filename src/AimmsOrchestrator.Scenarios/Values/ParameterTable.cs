namespace AimmsOrchestrator.Scenarios.Values;

/// <summary>The parameters of a scenario in the order it first names them; each has a slot, its index in a point.</summary>
internal sealed class ParameterTable
{
    private readonly Dictionary<string, int> _slots = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];

    public IReadOnlyList<string> Names => _names;

    /// <summary>A table with these names, in this order.</summary>
    public static ParameterTable Of(params ReadOnlySpan<string> names)
    {
        var table = new ParameterTable();
        foreach (var name in names)
        {
            table.Slot(name);
        }

        return table;
    }

    public int? Find(string name) => _slots.TryGetValue(name, out var slot) ? slot : null;

    /// <summary>The name's slot; a new one where it has none.</summary>
    public int Slot(string name)
    {
        if (_slots.TryGetValue(name, out var slot))
        {
            return slot;
        }

        _names.Add(name);
        return _slots[name] = _names.Count - 1;
    }
}
