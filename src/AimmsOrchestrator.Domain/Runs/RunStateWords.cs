using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Domain.Runs;

/// <summary>
/// The one word that reports and progress use for where a run stands: <c>pending</c>, <c>submitting</c>, <c>unconfirmed</c>, the task's own
/// state while the service has it (<c>queued</c>, <c>assigned</c>, <c>running</c>, <c>solving</c>), <c>retrieving</c>,
/// <c>completed</c>, <c>failed</c>, <c>cancelled</c>.
/// </summary>
public static class RunStateWords
{
    /// <summary>The word for a phase and, while the service has the task, its state.</summary>
    public static string Word(this RunPhase phase, TaskState task) =>
        phase switch
        {
            RunPhase.Pending => "pending",
            RunPhase.Submitting => "submitting",
            RunPhase.Unconfirmed => "unconfirmed",
            RunPhase.AtService => task switch
            {
                TaskState.Queued => "queued",
                TaskState.Assigned => "assigned",
                TaskState.Solving => "solving",
                _ => "running",
            },
            RunPhase.Retrieving => "retrieving",
            RunPhase.Completed => "completed",
            RunPhase.Failed => "failed",
            RunPhase.Cancelled => "cancelled",
            _ => throw new ArgumentOutOfRangeException(nameof(phase), phase, "not a phase of a run"),
        };
}
