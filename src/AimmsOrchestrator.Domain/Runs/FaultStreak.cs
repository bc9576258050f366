using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Domain.Runs;

/// <summary>
/// Requests about a task that failed one after the other, and all in the same way. Faults of another kind end it: a
/// service that was away and then does not know a task for a moment, behind a gateway that starts again, has not
/// forgotten the task.
/// </summary>
/// <param name="Kind">In which way.</param>
/// <param name="Count">How many.</param>
/// <param name="Since">When the first of them failed.</param>
public sealed record FaultStreak(FaultKind Kind, int Count, DateTimeOffset Since)
{
    /// <summary>Whether it is one of that kind, so many at least, over so long at least.</summary>
    public bool Is(FaultKind kind, int atLeast, TimeSpan forAtLeast, DateTimeOffset now) =>
        Kind == kind && Count >= atLeast && now - Since >= forAtLeast;
}
