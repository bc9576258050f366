using AimmsOrchestrator.Reports.Frames;

namespace AimmsOrchestrator.Reports.Failures;

/// <summary>Runs that failed for the same reason.</summary>
public sealed record FailureGroup
{
    /// <summary>Their message, with what differs from run to run (numbers, ids, quoted text) replaced by an ellipsis.</summary>
    public required string Message { get; init; }

    /// <summary>The first one's message as it was.</summary>
    public required string Example { get; init; }

    public required long Count { get; init; }

    /// <summary>
    /// What the parameters of these runs have in common that no completed run has, in words:
    /// <c>all 37 have growth ≥ 1.1</c>; null where nothing simple tells them apart.
    /// </summary>
    public string? Condition { get; init; }

    /// <summary>The first few.</summary>
    public required IReadOnlyList<RunLabel> Runs { get; init; }
}
