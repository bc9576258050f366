namespace AimmsOrchestrator.Domain.Policies;

/// <summary>A limit on time: so long, or so many times what is usual.</summary>
/// <param name="Fixed">So long; null where a multiple is meant.</param>
/// <param name="Medians">So many times the median of the batch's completed runs; null where a time is meant.</param>
public sealed record TimeLimit(TimeSpan? Fixed, double? Medians)
{
    /// <summary>The limit now; null while too few runs have completed to tell what is usual.</summary>
    public TimeSpan? At(TimeSpan? median) => Fixed ?? (median is { } usual ? usual * Medians!.Value : null);
}

/// <summary>How long tasks may take; null for as long as they want.</summary>
public sealed record TimeLimits
{
    /// <summary>In the service's queue; then the task is withdrawn and its run has failed.</summary>
    public TimeLimit? Queue { get; init; }

    /// <summary>From its start until the solver is asked for its best solution so far (<see cref="TaskService.Interrupt.Solve"/>).</summary>
    public TimeLimit? Solve { get; init; }

    /// <summary>From its start until the same is asked, and after the grace its execution is ended.</summary>
    public TimeLimit? Run { get; init; }

    /// <summary>How long a task may take to hand its best solution back, once it was asked at the end of <see cref="Run"/>; 1 min by default.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>No limits.</summary>
    public static TimeLimits None { get; } = new();
}

/// <summary>What is usual in a batch: medians over its completed runs; null while there are too few of them.</summary>
/// <param name="Queue">In the service's queue.</param>
/// <param name="Run">From start to end.</param>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
public readonly record struct TypicalDurations(TimeSpan? Queue, TimeSpan? Run);
