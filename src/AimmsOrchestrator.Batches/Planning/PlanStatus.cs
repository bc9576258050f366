using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Policies;
using AimmsOrchestrator.Domain.Results;

namespace AimmsOrchestrator.Batches.Planning;

/// <summary>How much of a plan is done before it begins, by its first runs.</summary>
public sealed record PlanStatus
{
    /// <summary>How many runs are looked up; a plan of millions is not walked to its end for this.</summary>
    public const int MostLookedUp = 100_000;

    /// <summary>How many runs were looked up.</summary>
    public long LookedUp { get; init; }

    /// <summary>Those whose result is in the workspace.</summary>
    public long Done { get; init; }

    /// <summary>Those with the key of a run before them, and no result yet.</summary>
    public long Repeated { get; init; }

    /// <summary>Those to do although an incumbent of an earlier batch answers them, by for how long its solver was let run; null where that is not known.</summary>
    public IReadOnlyList<(TimeSpan? CutAfter, long Count)> Incumbents { get; init; } = [];

    /// <summary>The runs to do, without those that repeat another one's key.</summary>
    public IReadOnlyList<PlannedRun> ToDo { get; init; } = [];

    /// <summary>Looks up the results of the first runs of a plan.</summary>
    public static PlanStatus Of(BatchPlan plan, IResultCache answers)
    {
        var asked = new HashSet<(RunKey, ExtractionKey)>();
        var toDo = new List<PlannedRun>();
        var incumbents = new List<TimeSpan?>();
        var (lookedUp, done, repeated) = (0L, 0L, 0L);
        foreach (var run in plan.Runs.From(0).Take(MostLookedUp))
        {
            lookedUp++;
            var extraction = plan.Results.ExtractionKeyOf(run);
            if (run.Key is not { } key)
            {
                toDo.Add(run);
            }
            else if (IsAnswered(run, extraction, answers))
            {
                done++;
            }
            else if (asked.Add((key, plan.Responses == ResponseKeeping.All ? default : extraction)))
            {
                toDo.Add(run);
                if (Refused(run, extraction, answers) is { } refused)
                {
                    incumbents.Add(refused.CutAfter);
                }
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
            Incumbents =
            [
                .. incumbents
                    .GroupBy(cut => cut)
                    .OrderBy(group => group.Key)
                    .Select(group => (group.Key, group.LongCount())),
            ],
        };
    }

    /// <summary>The incumbent of an earlier batch for which a run is asked again; null where none would answer it, or another answer does.</summary>
    public static RefusedIncumbent? RefusedFor(PlannedRun run, ExtractionKey extraction, IResultCache answers) =>
        Refused(run, extraction, answers) is { } refused && !IsAnswered(run, extraction, answers) ? refused : null;

    private static bool IsAnswered(PlannedRun run, ExtractionKey extraction, IResultCache answers) =>
        (run.Key is { } key && answers.Contains(key, extraction))
        || (run.FormerKey is { } former && answers.Contains(former, extraction));

    private static RefusedIncumbent? Refused(PlannedRun run, ExtractionKey extraction, IResultCache answers) =>
        (run.Key is { } key ? answers.FindRefused(key, extraction) : null)
        ?? (run.FormerKey is { } former ? answers.FindRefused(former, extraction) : null);
}
