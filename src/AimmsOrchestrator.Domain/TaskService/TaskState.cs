namespace AimmsOrchestrator.Domain.TaskService;

/// <summary>
/// Where a task stands at the service, in the words of its version 2. A service that says a word not known here
/// has an <see cref="Unknown"/> task, which counts as still running: never as ended.
/// </summary>
public enum TaskState
{
    /// <summary>A state this program has no word for; the task is taken to be unfinished.</summary>
    Unknown,

    /// <summary>Accepted, waiting for a session (or for the time it is scheduled for).</summary>
    Queued,

    /// <summary>Handed to a session that may still be starting.</summary>
    Assigned,

    /// <summary>The model's procedure is executing, outside a solve.</summary>
    Running,

    /// <summary>The model is inside a solve statement.</summary>
    Solving,

    /// <summary>The procedure returned, or was let end early by an interrupted solve.</summary>
    Completed,

    /// <summary>The procedure raised an error, its session died or never started, or its execution was interrupted.</summary>
    Failed,
}

/// <summary>Questions asked of a <see cref="TaskState"/>.</summary>
public static class TaskStateExtensions
{
    /// <summary>Whether the service will do nothing more for a task in this state.</summary>
    public static bool IsEnded(this TaskState state) => state is TaskState.Completed or TaskState.Failed;

    /// <summary>Whether the model's procedure is executing.</summary>
    public static bool IsExecuting(this TaskState state) => state is TaskState.Running or TaskState.Solving;
}
