using AimmsOrchestrator.Domain.Expectations;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Reading.Sections;
using AimmsOrchestrator.Scenarios.Sweeps;
using AimmsOrchestrator.Scenarios.Values;

namespace AimmsOrchestrator.Scenarios.Reading.Sweeps;

/// <summary>The state that the readers of a sweep's parts share.</summary>
internal sealed record SweepContext(
    ParameterTable Parameters,
    Assignments Assignments,
    PlainExpressionReader Expressions,
    ScenarioFiles Files,
    long Seed,
    DiagnosticBag Diagnostics
)
{
    /// <summary>Derived parameters and the parameters that each uses, by slot.</summary>
    public Dictionary<int, IReadOnlyList<int>> DerivedFrom { get; } = [];

    /// <summary>Parameters with values of their own, by slot; with <c>concat</c> a parameter can also be derived elsewhere.</summary>
    public HashSet<int> Given { get; } = [];

    /// <summary>Parameters that are derived wherever they are defined.</summary>
    public IReadOnlyList<string> DerivedNames =>
        [.. Parameters.Names.Where((_, slot) => DerivedFrom.ContainsKey(slot) && !Given.Contains(slot))];

    /// <summary>Parameters that only number replicates, and where each is defined, by slot.</summary>
    public Dictionary<int, SourceLocation> Replicates { get; } = [];

    /// <summary>Columns of tables, by slot: those that no request uses may label the rows.</summary>
    public HashSet<int> Labels { get; } = [];

    /// <summary>What the scenario states about its runs as a whole.</summary>
    public BatchDesign DesignOf(Sweep sweep, BaselineRun? baseline)
    {
        var shape = sweep.Shape;
        return new BatchDesign
        {
            Form = shape.Form,
            Parameters =
            [
                .. shape.Slots.Except(DerivedFrom.Keys.Except(Given)).Except(Replicates.Keys).Order().Select(Name),
            ],
            Sampled = shape.Sampled.Count == 0 ? null : [.. shape.Sampled.Order().Select(Name)],
            BasePoint = shape.BasePoint.ToDictionary(pair => Name(pair.Slot), pair => pair.Value.Element),
            Replicates = [.. Replicates.Keys.Order().Select(Name)],
            Derived = DerivedNames,
            Baseline = baseline?.Parameters,
        };

        string Name(int slot) => Parameters.Names[slot];
    }

    /// <summary>Hears how far a search through dropped points has come, if anything does.</summary>
    public Action<SweepWalk>? OnWalk { get; init; }

    /// <summary>Whether the scenario has any <c>require</c>.</summary>
    public bool HasRequirements { get; set; }
}
