using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Expressions;
using AimmsOrchestrator.Scenarios.Reading.Sections;
using AimmsOrchestrator.Scenarios.Values;

namespace AimmsOrchestrator.Scenarios.Reading.Sweeps;

/// <summary>What the readers of a sweep's parts share.</summary>
internal sealed record SweepContext(
    ParameterTable Parameters,
    Assignments Assignments,
    PlainExpressionReader Expressions,
    ScenarioFiles Files,
    long Seed,
    DiagnosticBag Diagnostics
)
{
    /// <summary>Derived parameters, and what each is made of, by slot.</summary>
    public Dictionary<int, IReadOnlyList<int>> DerivedFrom { get; } = [];

    /// <summary>Parameters that are given values of their own, by slot; in a <c>concat</c> one can be that and derived as well.</summary>
    public HashSet<int> Given { get; } = [];

    /// <summary>Parameters that are derived wherever they are defined.</summary>
    public IReadOnlyList<string> DerivedNames =>
        [.. Parameters.Names.Where((_, slot) => DerivedFrom.ContainsKey(slot) && !Given.Contains(slot))];

    /// <summary>Parameters that only tell replicates apart, and where each is defined, by slot.</summary>
    public Dictionary<int, SourceLocation> Replicates { get; } = [];

    /// <summary>Whether any rule must hold for every run.</summary>
    public bool HasRequirements { get; set; }
}
