using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Aimms.Wire;

/// <summary>
/// Both versions' words for a task's state, in any case. Version 1's <c>interrupted</c> is version 2's completed (the
/// solve was interrupted), unless the task has an error message (its execution was interrupted).
/// </summary>
internal static class StateWords
{
    public static TaskState Read(string word, bool hasError) =>
        word.Trim().ToUpperInvariant() switch
        {
            "QUEUED" => TaskState.Queued,
            "ASSIGNED" or "STARTING" => TaskState.Assigned,
            "RUNNING" or "EXECUTING" => TaskState.Running,
            "SOLVING" => TaskState.Solving,
            "COMPLETED" or "FINISHED" => TaskState.Completed,
            "FAILED" or "FINISHED WITH ERRORS" => TaskState.Failed,
            "INTERRUPTED" => hasError ? TaskState.Failed : TaskState.Completed,
            _ => TaskState.Unknown,
        };
}
