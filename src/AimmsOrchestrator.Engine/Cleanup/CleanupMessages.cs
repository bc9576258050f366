using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Engine.Cleanup;

/// <summary>Commands to the cleanup actor.</summary>
internal static class CleanupCommands
{
    /// <summary>Delete a task whose result is on disk.</summary>
    public sealed record Delete(long Run, TaskId Task);

    /// <summary>No other task follows; the answer is <see cref="BatchFact.CleanupFinished"/> once nothing is left.</summary>
    public sealed record FinishUp;
}
