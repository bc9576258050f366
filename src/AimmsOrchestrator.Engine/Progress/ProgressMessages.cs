using AimmsOrchestrator.Domain.Progress;
using AimmsOrchestrator.Domain.Runs;

namespace AimmsOrchestrator.Engine.Progress;

/// <summary>What the progress actor is told; nobody waits for it.</summary>
internal static class ProgressNotifications
{
    /// <summary>A run went from one state to another; <c>From</c> is null where it was not counted before.</summary>
    public sealed record RunMoved(RunState? From, RunState To);

    /// <summary>A run failed.</summary>
    public sealed record FailureAdded(RunFailure Failure);

    /// <summary>A run completed.</summary>
    public sealed record ResultAdded(RunSuccess Success);

    /// <summary>The service is away, or (null) there again.</summary>
    public sealed record ServiceAway(string? Message);

    /// <summary>The service asks everybody to wait.</summary>
    public sealed record Paused(TimeSpan Duration);
}
