using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Engine.Cleanup;

/// <summary>Commands to the cleanup actor.</summary>
internal static class CleanupCommands
{
    /// <summary>Delete a task whose result is on disk.</summary>
    public sealed record Delete(long Run, TaskId Task);

    /// <summary>No other task follows; the answer is <see cref="CleanupNotifications.Done"/> once nothing is left.</summary>
    public sealed class FinishUp
    {
        public static readonly FinishUp Instance = new();
    }
}

/// <summary>Notifications of the cleanup actor.</summary>
internal static class CleanupNotifications
{
    /// <summary>Every task is deleted, or cannot be.</summary>
    /// <param name="Kept">How many tasks could not be deleted.</param>
    public sealed record Done(int Kept);
}
