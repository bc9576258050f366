using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Domain.Runs;

/// <summary>
/// Where a run stands, as reports and progress show it: its phase, or its task's state while the service has the task.
/// In the order of a run's life.
/// </summary>
public enum RunState
{
    Pending,
    Submitting,
    Unconfirmed,
    Queued,
    Assigned,
    Running,
    Solving,
    Retrieving,
    Completed,
    Failed,
    Cancelled,
}

/// <summary>The words of <see cref="RunState"/>, and the states that belong together.</summary>
public static class RunStates
{
    private static readonly string[] Words =
    [
        "pending",
        "submitting",
        "unconfirmed",
        "queued",
        "assigned",
        "running",
        "solving",
        "retrieving",
        "completed",
        "failed",
        "cancelled",
    ];

    /// <summary>Every state, in the order of a run's life.</summary>
    public static IReadOnlyList<RunState> All { get; } = Enum.GetValues<RunState>();

    /// <summary>The states of a run that has begun and not ended, in the order of its life.</summary>
    public static IReadOnlyList<RunState> UnderWay { get; } =
    [.. All.Where(state => state != RunState.Pending && !state.IsEnded())];

    /// <summary>The word for a state in reports, JSON and telemetry.</summary>
    public static string Word(this RunState state) => Words[(int)state];

    /// <summary>Whether nothing follows this state, unless a person asks for another try.</summary>
    public static bool IsEnded(this RunState state) => state >= RunState.Completed;

    /// <summary>The state of a run in a phase.</summary>
    /// <param name="phase">The run's phase.</param>
    /// <param name="task">The task's state; it counts only while the service has the task.</param>
    public static RunState ToState(this RunPhase phase, TaskState task) =>
        phase switch
        {
            RunPhase.Pending => RunState.Pending,
            RunPhase.Submitting => RunState.Submitting,
            RunPhase.Unconfirmed => RunState.Unconfirmed,
            RunPhase.AtService => task switch
            {
                TaskState.Queued => RunState.Queued,
                TaskState.Assigned => RunState.Assigned,
                TaskState.Solving => RunState.Solving,
                _ => RunState.Running,
            },
            RunPhase.Retrieving => RunState.Retrieving,
            RunPhase.Completed => RunState.Completed,
            RunPhase.Failed => RunState.Failed,
            RunPhase.Cancelled => RunState.Cancelled,
            _ => throw new ArgumentOutOfRangeException(nameof(phase), phase, "not a phase of a run"),
        };
}
