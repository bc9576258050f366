using AimmsOrchestrator.Reports.Frames;

namespace AimmsOrchestrator.Reports.Failures;

/// <summary>Runs that failed for the same reason.</summary>
public sealed record FailureGroup
{
    /// <summary>Their message, with an ellipsis for the parts that differ from run to run (numbers, ids, quoted text).</summary>
    public required string Message { get; init; }

    /// <summary>The unchanged message of the first run.</summary>
    public required string Example { get; init; }

    public required long Count { get; init; }

    /// <summary>
    /// What the parameters of these runs have in common and no completed run has, in words, such as
    /// <c>all 37 have growth ≥ 1.1</c>; null if no simple condition separates them.
    /// </summary>
    public string? Condition { get; init; }

    /// <summary>The end of the log of the first of these runs that has one; null where none has.</summary>
    public LogEnd? Log { get; init; }

    /// <summary>The first few runs.</summary>
    public required IReadOnlyList<RunLabel> Runs { get; init; }
}
