using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Scenarios.Expressions;
using AimmsOrchestrator.Scenarios.Requests;
using AimmsOrchestrator.Scenarios.Sweeps;

namespace AimmsOrchestrator.Scenarios.Runs;

/// <summary>The runs of a scenario, made as they are asked for.</summary>
internal sealed class ScenarioRuns(
    Sweep sweep,
    ParameterTable parameters,
    RunNames names,
    RequestTemplate request,
    ScriptLibrary library,
    long? limit
) : IRunSource
{
    public long? Count { get; } = sweep.HasGaps ? null : Math.Min(limit ?? long.MaxValue, sweep.Size);

    public IEnumerable<PlannedRun> From(long index) => Made(index).Select(made => made.Run);

    /// <summary>The runs with what is wrong with them, where something is.</summary>
    public IEnumerable<(PlannedRun Run, Defect? Defect)> Made(long index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        return Walk(index);
    }

    private IEnumerable<(PlannedRun Run, Defect? Defect)> Walk(long index)
    {
        var maker = new RunMaker(parameters, names, request, library);
        foreach (var point in sweep.From(index, parameters.Names.Count))
        {
            if (index >= limit)
            {
                yield break;
            }

            yield return (maker.Make(point, index++, out var defect), defect);
        }
    }
}
