namespace AimmsOrchestrator.Domain.Policies;

/// <summary>How long tasks may take; null for no limit.</summary>
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

    /// <summary>
    /// For how long a task may run at most before its solver is asked for what it has; null where that is not limited, or by
    /// medians only, which another batch has of its own.
    /// </summary>
    public TimeSpan? LongestSolve => Solve?.Fixed is { } solve && !(solve > Run?.Fixed) ? solve : Run?.Fixed;

    /// <summary>Whether a running task has a limit.</summary>
    public bool LimitRuns => Solve is not null || Run is not null;

    /// <summary>Whether a limit is in medians, and may become known at any time.</summary>
    public bool AreRelative => (Queue?.Medians ?? Solve?.Medians ?? Run?.Medians) is not null;

    /// <summary>No limits.</summary>
    public static TimeLimits None { get; } = new();
}
