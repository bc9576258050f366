using AimmsOrchestrator.Scenarios.Diagnostics;

namespace AimmsOrchestrator.Scenarios.Sweeps;

/// <summary>What kept a run from being made, and where the scenario says so.</summary>
internal sealed record Defect(SourceLocation Location, string Message)
{
    /// <summary>Whether it is a rule of <c>require</c> that does not hold.</summary>
    public bool IsRequirement { get; init; }

    public override string ToString() => $"{Location}: {Message}";
}
