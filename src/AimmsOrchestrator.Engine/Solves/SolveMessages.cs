using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Engine.Solves;

/// <summary>Commands to the solves actor.</summary>
internal static class SolveCommands
{
    /// <summary>A task runs since then.</summary>
    public sealed record Watch(long Run, TaskId Task, DateTimeOffset Since);

    /// <summary>The task of a run does not run any more.</summary>
    public sealed record Unwatch(long Run);
}
