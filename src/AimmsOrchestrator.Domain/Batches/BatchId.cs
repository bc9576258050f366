namespace AimmsOrchestrator.Domain.Batches;

/// <summary>A batch's name for people and scripts: the scenario's name and a counter, such as <c>transport-whatif-3</c>.</summary>
public readonly record struct BatchId
{
    private readonly string? _value;

    /// <exception cref="ArgumentException">The text is empty.</exception>
    public BatchId(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        _value = value;
    }

    public string Value => _value ?? throw new InvalidOperationException("A batch id was never given a value.");

    public override string ToString() => _value ?? "(none)";
}
