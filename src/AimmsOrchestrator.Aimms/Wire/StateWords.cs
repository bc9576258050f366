using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Aimms.Wire;

/// <summary>
/// Both dialects' words for a task's state, whatever their case. Version 1's <c>interrupted</c> is version 2's completed
/// (a solve was interrupted) unless the task says an error (its execution was).
/// </summary>
internal static class StateWords
{
    public static TaskState Read(string word, bool saysError) =>
        word.Trim().ToUpperInvariant() switch
        {
            "QUEUED" => TaskState.Queued,
            "ASSIGNED" or "STARTING" => TaskState.Assigned,
            "RUNNING" or "EXECUTING" => TaskState.Running,
            "SOLVING" => TaskState.Solving,
            "COMPLETED" or "FINISHED" => TaskState.Completed,
            "FAILED" or "FINISHED WITH ERRORS" => TaskState.Failed,
            "INTERRUPTED" => saysError ? TaskState.Failed : TaskState.Completed,
            _ => TaskState.Unknown,
        };
}
