using System.Diagnostics.CodeAnalysis;
using AimmsOrchestrator.Scenarios.Diagnostics;

namespace AimmsOrchestrator.Scenarios.Loading;

/// <summary>A scenario, or everything that is wrong with it.</summary>
public sealed class ScenarioLoadResult
{
    private ScenarioLoadResult(Scenario? scenario, IReadOnlyList<Diagnostic> mistakes)
    {
        Scenario = scenario;
        Mistakes = mistakes;
    }

    /// <summary>The scenario; null where there are mistakes.</summary>
    public Scenario? Scenario { get; }

    /// <summary>Every mistake, by file, line and column; empty where there is a scenario.</summary>
    public IReadOnlyList<Diagnostic> Mistakes { get; }

    [MemberNotNullWhen(true, nameof(Scenario))]
    public bool IsSound => Scenario is not null;

    internal static ScenarioLoadResult Sound(Scenario scenario) => new(scenario, []);

    internal static ScenarioLoadResult Broken(IReadOnlyList<Diagnostic> mistakes) => new(scenario: null, mistakes);
}
