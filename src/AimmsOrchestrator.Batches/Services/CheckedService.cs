using AimmsOrchestrator.Scenarios.Profiles;

namespace AimmsOrchestrator.Batches.Services;

/// <summary>What a check of a profile's service found.</summary>
/// <param name="Profile">The profile.</param>
public sealed record CheckedService(ServiceProfile Profile)
{
    /// <summary>Why batches cannot use it, in one line; null where they can.</summary>
    public string? Problem { get; init; }

    /// <summary>What was found, in the order of the checks, such as <c>key accepted</c>.</summary>
    public IReadOnlyList<string> Findings { get; init; } = [];

    /// <summary>
    /// How far the service's clock is ahead of this machine's, to the second; below zero where it is behind, null where the
    /// service does not tell.
    /// </summary>
    public TimeSpan? ClockAhead { get; init; }
}
