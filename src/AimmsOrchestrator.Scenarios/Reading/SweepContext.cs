using AimmsOrchestrator.Scenarios.Expressions;
using AimmsOrchestrator.Scenarios.Sweeps;

namespace AimmsOrchestrator.Scenarios.Reading;

/// <summary>What the readers of a sweep's parts share.</summary>
internal sealed record SweepContext(
    ParameterTable Parameters,
    Assignments Assignments,
    BareExpressions Bare,
    ScriptLibrary Library,
    ScenarioFiles Files,
    long Seed,
    MistakeList Mistakes
);
