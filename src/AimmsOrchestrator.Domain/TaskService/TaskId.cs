namespace AimmsOrchestrator.Domain.TaskService;

/// <summary>The identity that the task service gave a task; a UUID in practice, opaque text here.</summary>
public readonly record struct TaskId
{
    private readonly string? _value;

    /// <exception cref="ArgumentException">The text is empty.</exception>
    public TaskId(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        _value = value;
    }

    public string Value => _value ?? throw new InvalidOperationException("A task id was never given a value.");

    public override string ToString() => _value ?? "(none)";
}
