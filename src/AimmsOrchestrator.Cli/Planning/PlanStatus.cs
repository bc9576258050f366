using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Policies;
using AimmsOrchestrator.Domain.Results;

namespace AimmsOrchestrator.Cli.Planning;

/// <summary>How much of a plan is done before it begins, as far as it was looked at.</summary>
internal sealed record PlanStatus
{
    /// <summary>How many runs are looked up; a plan of millions is not walked to its end for this.</summary>
    public const int MostLookedUp = 100_000;

    /// <summary>How many runs were looked up.</summary>
    public long LookedUp { get; init; }

    /// <summary>Those whose question has an answer in the workspace.</summary>
    public long Done { get; init; }

    /// <summary>Those that ask what a run before them asks, and have no answer yet.</summary>
    public long Repeated { get; init; }

    /// <summary>Where the runs that are to do stand in the plan, those that repeat another one's question left out.</summary>
    public IReadOnlyList<PlannedRun> ToDo { get; init; } = [];

    /// <summary>Looks the first runs of a plan up.</summary>
    public static PlanStatus Of(BatchPlan plan, IResultCache answers)
    {
        var asked = new HashSet<(RunKey, ExtractionKey)>();
        var toDo = new List<PlannedRun>();
        var (lookedUp, done, repeated) = (0L, 0L, 0L);
        foreach (var run in plan.Runs.From(0).Take(MostLookedUp))
        {
            lookedUp++;
            var reading = plan.Results.ExtractionKeyOf(run);
            if (run.Key is not { } key)
            {
                toDo.Add(run);
            }
            else if (answers.Contains(key, reading))
            {
                done++;
            }
            else if (asked.Add((key, plan.Responses == ResponseKeeping.All ? default : reading)))
            {
                toDo.Add(run);
            }
            else
            {
                repeated++;
            }
        }

        return new PlanStatus
        {
            LookedUp = lookedUp,
            Done = done,
            Repeated = repeated,
            ToDo = toDo,
        };
    }

    /// <summary>Such as <c>96 done before, 24 to do</c>.</summary>
    public override string ToString()
    {
        var part = LookedUp == MostLookedUp ? $" of the first {MostLookedUp}" : "";
        var repeated = Repeated > 0 ? $" ({Repeated} of them ask what another one asks)" : "";
        return $"{Done}{part} done before, {LookedUp - Done} to do{repeated}";
    }
}
