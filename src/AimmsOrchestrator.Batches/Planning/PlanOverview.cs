using AimmsOrchestrator.Batches.Catalog;
using AimmsOrchestrator.Domain.Estimates;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Workspaces;
using AimmsOrchestrator.Scenarios;

namespace AimmsOrchestrator.Batches.Planning;

/// <summary>What a scenario would run: how many runs, what is done already, how long the rest should take.</summary>
public sealed record PlanOverview
{
    /// <summary>How many runs of a sweep with gaps are counted at most.</summary>
    public const long MostCounted = 200_000;

    /// <summary>How many earlier runs the estimate is based on at most.</summary>
    private const int LongestHistory = 1_000;

    /// <summary>How many runs; <see cref="MostCounted"/> and one where there are more.</summary>
    public required long Count { get; init; }

    /// <summary>Whether <see cref="Count"/> is all of them.</summary>
    public required bool IsExact { get; init; }

    /// <summary>What the workspace has of them; null where there is no workspace yet.</summary>
    public PlanStatus? Status { get; init; }

    /// <summary>Why runs are to do, by the scenario's latest batch; null where there is none, or nothing is to do.</summary>
    public PlanChanges? Changes { get; init; }

    /// <summary>How long the runs to do should take; null where no earlier run at the service is known.</summary>
    public MakespanEstimate? Estimate { get; init; }

    /// <summary>How many earlier runs <see cref="Estimate"/> is based on.</summary>
    public int EstimatedFrom { get; init; }

    /// <summary>Results that would be empty, by earlier responses of the service, in words.</summary>
    public IReadOnlyList<string> EmptyResults { get; init; } = [];

    /// <summary>Runs without a result, each key once.</summary>
    public long ToDo => Count - (Status?.Done ?? 0) - (Status?.Repeated ?? 0);

    /// <param name="scenario">What is planned.</param>
    /// <param name="workspace">Where earlier batches are; null where there is none yet.</param>
    /// <param name="randomizer">Draws a number from [0, 1), for the estimate.</param>
    public static PlanOverview Of(Scenario scenario, IWorkspace? workspace, Func<double> randomizer)
    {
        var runs = scenario.Plan.Runs;
        var count = runs.Count ?? runs.From(0).Take((int)MostCounted + 1).LongCount();
        var counted = new PlanOverview { Count = count, IsExact = runs.Count is not null || count <= MostCounted };
        return workspace is null ? counted : counted.With(scenario, workspace, randomizer);
    }

    /// <summary>What a batch of the scenario that is not there yet could re-use.</summary>
    public static IResultCache OpenResults(Scenario scenario, IWorkspace workspace)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(workspace);
        return workspace.OpenResultCache(long.MaxValue, isFresh: false, scenario.Plan.TimeLimits.LongestSolve);
    }

    private PlanOverview With(Scenario scenario, IWorkspace workspace, Func<double> randomizer)
    {
        using var reader = workspace.OpenReader();
        using var results = OpenResults(scenario, workspace);
        var status = PlanStatus.Of(scenario.Plan, results);
        var latest = reader.Find(scenario.Name);
        var known = this with
        {
            Status = status,
            EmptyResults = MissingMembers.Find(scenario, reader),
            Changes =
                latest?.Scenario == scenario.Name && status.ToDo.Count > 0
                    ? PlanChanges.Of(scenario, status.ToDo, latest, reader)
                    : null,
        };
        var history = reader.Durations(scenario.ServiceAddress(), scenario.ServiceName, LongestHistory);
        return known.ToDo == 0 || history.Count == 0
            ? known
            : known with
            {
                Estimate = MakespanEstimate.Simulate(history, known.ToDo, scenario.Plan.Limits, randomizer),
                EstimatedFrom = history.Count,
            };
    }
}
