using System.Diagnostics.CodeAnalysis;
using AimmsOrchestrator.Scenarios.Diagnostics;

namespace AimmsOrchestrator.Scenarios.Loading;

/// <summary>A scenario, or all of its errors.</summary>
public sealed class ScenarioLoadResult
{
    private ScenarioLoadResult(Scenario? scenario, IReadOnlyList<Diagnostic> diagnostics)
    {
        Scenario = scenario;
        Diagnostics = diagnostics;
    }

    /// <summary>The scenario; null where there are errors.</summary>
    public Scenario? Scenario { get; }

    /// <summary>Every error, by file, line and column; empty where there is a scenario.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; }

    [MemberNotNullWhen(true, nameof(Scenario))]
    public bool IsSound => Scenario is not null;

    internal static ScenarioLoadResult Sound(Scenario scenario) => new(scenario, []);

    internal static ScenarioLoadResult Broken(IReadOnlyList<Diagnostic> diagnostics) =>
        new(scenario: null, diagnostics);
}
