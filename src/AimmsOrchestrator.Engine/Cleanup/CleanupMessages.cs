using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Engine.Cleanup;

/// <summary>What the cleanup actor is told.</summary>
internal static class CleanupCommands
{
    /// <summary>Remove a task whose result is on disk.</summary>
    public sealed record Delete(long Run, TaskId Task);

    /// <summary>No other task follows; the sender hears <see cref="CleanupNotifications.Done"/> once nothing is left.</summary>
    public sealed class FinishUp
    {
        public static readonly FinishUp Instance = new();
    }
}

/// <summary>What the cleanup actor tells.</summary>
internal static class CleanupNotifications
{
    /// <summary>Every task it was told of is removed, or cannot be.</summary>
    /// <param name="Kept">How many tasks the service keeps although they should be gone.</param>
    public sealed record Done(int Kept);
}
