namespace AimmsOrchestrator.Domain.Throttling;

/// <summary>
/// Identifies one run's permits, from before its submit until its task has ended: an ordinal from 1 on. What else sends
/// requests has an id of its own, since its requests count against the limits like any other.
/// </summary>
public readonly record struct PermitId(long Value)
{
    /// <summary>The settlement of lost submits.</summary>
    public static PermitId Settlement { get; } = new(0);

    /// <summary>The polls of the service's list.</summary>
    public static PermitId Poller { get; } = new(-1);

    /// <summary>The removal of finished tasks.</summary>
    public static PermitId Cleanup { get; } = new(-2);

    /// <summary>The actor that asks how far solvers are.</summary>
    public static PermitId Solves { get; } = new(-3);

    /// <summary>The polls of tasks that other batches left.</summary>
    public static PermitId Account { get; } = new(-4);
}
