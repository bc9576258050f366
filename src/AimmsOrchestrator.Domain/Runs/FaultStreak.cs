using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Domain.Runs;

/// <summary>
/// Requests about a task that failed one after the other, and all in the same way. Faults of another kind end it: a
/// service that was away and then, behind a gateway that restarts, does not know a task for a moment has not forgotten it.
/// </summary>
/// <param name="Kind">In which way.</param>
/// <param name="Count">How many.</param>
/// <param name="Since">When the first of them failed.</param>
public sealed record FaultStreak(FaultKind Kind, int Count, DateTimeOffset Since)
{
    /// <summary>Whether at least <paramref name="atLeast"/> faults of <paramref name="kind"/> occurred over at least <paramref name="forAtLeast"/>.</summary>
    public bool Is(FaultKind kind, int atLeast, TimeSpan forAtLeast, DateTimeOffset now) =>
        Kind == kind && Count >= atLeast && now - Since >= forAtLeast;
}
