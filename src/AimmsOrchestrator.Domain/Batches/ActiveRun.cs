using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Results;

namespace AimmsOrchestrator.Domain.Batches;

/// <summary>A run that is under way in this process.</summary>
/// <param name="Planned">What it is.</param>
/// <param name="Key">Under which key the result cache knows it; null where it cannot be sent.</param>
public sealed record ActiveRun(PlannedRun Planned, CacheKey? Key)
{
    /// <summary>How many of its actors threw.</summary>
    public int Crashes { get; init; }

    /// <summary>What the latest of them threw, in one line; null where none did.</summary>
    public string? CrashMessage { get; init; }

    /// <summary>Whether its end, or that it was detached, is known: its actor may stop.</summary>
    public bool IsDone { get; init; }
}
