namespace AimmsOrchestrator.Scenarios.Values;

/// <summary>The values of one parameter, by index.</summary>
internal abstract class ValueList
{
    /// <summary>The number of values; at least 1.</summary>
    public abstract long Count { get; }

    /// <summary>Whether they are not all the same.</summary>
    public abstract bool Varies { get; }

    public abstract Value this[long index] { get; }

    /// <summary>The indices of a value, ascending.</summary>
    public abstract IReadOnlyList<long> IndicesOf(Value value);
}

/// <summary>Values written out one by one.</summary>
internal sealed class WrittenValues(IReadOnlyList<Value> values) : ValueList
{
    public override long Count => values.Count;

    public override bool Varies { get; } = values.Skip(1).Any(value => !value.Same(values[0]));

    public override Value this[long index] => values[(int)index];

    public override IReadOnlyList<long> IndicesOf(Value value) =>
        [.. Enumerable.Range(0, values.Count).Where(i => values[i].Same(value)).Select(i => (long)i)];
}
