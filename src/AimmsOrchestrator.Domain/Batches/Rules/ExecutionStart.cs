namespace AimmsOrchestrator.Domain.Batches.Rules;

/// <summary>What one execution of a batch begins with.</summary>
/// <param name="At">When it begins.</param>
public sealed record ExecutionStart(DateTimeOffset At)
{
    /// <summary>What had ended before.</summary>
    public BatchTally Tally { get; init; } = new();

    /// <summary>Whether a person has paused the batch.</summary>
    public bool IsPaused { get; init; }

    /// <summary>How many runs may have a task at the service: they are taken first.</summary>
    public int FirstRuns { get; init; }

    /// <summary>Whether runs that have not begun are left to another execution.</summary>
    public bool IsOnlyBegun { get; init; }

    /// <summary>How many of the batch's first runs this execution is of; null for all.</summary>
    public long? Only { get; init; }

    /// <summary>Whether the service itself began after the batch was left, and so has none of its tasks.</summary>
    public bool IsServiceNew { get; init; }
}
