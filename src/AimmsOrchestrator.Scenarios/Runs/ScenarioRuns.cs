using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Scenarios.Requests;
using AimmsOrchestrator.Scenarios.Sweeps;
using AimmsOrchestrator.Scenarios.Values;

namespace AimmsOrchestrator.Scenarios.Runs;

/// <summary>The runs of a scenario, made on demand.</summary>
internal sealed class ScenarioRuns(
    Sweep sweep,
    ParameterTable parameters,
    RunNames names,
    RequestTemplate request,
    long? limit,
    Action<SweepWalk>? onWalk = null
) : IRunSource
{
    /// <summary>A sweep with gaps is walked to count it, up to this number of positions.</summary>
    private const long MostCounted = 100_000;

    private readonly Lazy<long?> _count = new(() =>
        !sweep.HasGaps ? Math.Min(limit ?? long.MaxValue, sweep.Size)
        : sweep.Size <= MostCounted
            ? Math.Min(limit ?? long.MaxValue, sweep.From(0, parameters.Names.Count).LongCount())
        : null
    );

    public long? Count => _count.Value;

    public IEnumerable<PlannedRun> From(long index) => Made(index).Select(made => made.Run);

    /// <summary>The runs, each with the reason why it cannot be sent, where there is one.</summary>
    public IEnumerable<MadeRun> Made(long index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        return Walk(index);
    }

    private IEnumerable<MadeRun> Walk(long index)
    {
        using var maker = new RunMaker(parameters, names, request);
        foreach (var point in sweep.From(index, parameters.Names.Count, onWalk))
        {
            if (index >= limit)
            {
                yield break;
            }

            yield return new MadeRun(maker.Make(point, index++, out var defect), defect);
        }
    }
}
