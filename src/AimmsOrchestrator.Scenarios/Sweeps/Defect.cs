using AimmsOrchestrator.Scenarios.Diagnostics;

namespace AimmsOrchestrator.Scenarios.Sweeps;

/// <summary>The reason why a run cannot be sent, and its location in the scenario.</summary>
internal sealed record Defect(SourceLocation Location, string Message)
{
    /// <summary>Whether the run violates a <c>require</c>.</summary>
    public bool IsRequirement { get; init; }

    public override string ToString() => $"{Location}: {Message}";
}
