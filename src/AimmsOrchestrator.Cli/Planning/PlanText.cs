using AimmsOrchestrator.Cli.Terminal;
using AimmsOrchestrator.Domain.Estimates;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Journal;
using AimmsOrchestrator.Scenarios;

namespace AimmsOrchestrator.Cli.Planning;

/// <summary>A plan for people: how many runs, the first and the last, what is done already, how long the rest should take.</summary>
/// <param name="scenario">What is planned.</param>
/// <param name="output">Where it is written.</param>
/// <param name="chance">Draws a number from [0, 1), for the estimate.</param>
internal sealed class PlanText(Scenario scenario, TextWriter output, Func<double> chance)
{
    private const int RunsShown = 3;

    /// <summary>How many runs of a sweep with gaps are counted before "more than" has to do.</summary>
    private const long MostCounted = 200_000;

    /// <summary>How many earlier runs tell how long a run takes.</summary>
    private const int LongestHistory = 1_000;

    private readonly IRunSource _runs = scenario.Plan.Runs;

    /// <param name="workspace">Where earlier batches are; null where there is none yet.</param>
    public void Write(Workspace? workspace)
    {
        var count = _runs.Count ?? _runs.From(0).Take((int)MostCounted + 1).LongCount();
        var isExact = _runs.Count is not null || count <= MostCounted;
        var number = isExact ? Runs(count) : $"more than {MostCounted} runs";
        output.WriteLine($"{scenario.Name}: {number} at {scenario.Address?.ToString() ?? "the emulator"}");
        WriteRuns(isExact ? count : null);
        var toDo = workspace is null ? count : WriteStanding(workspace, count);
        output.WriteLine(
            $"at most {scenario.Plan.Limits.MaxUnfinishedTasks} unfinished tasks at the service at a time"
        );
        if (workspace is not null && toDo > 0)
        {
            WriteEstimate(workspace, toDo, isExact);
        }
    }

    private static string Runs(long count) => count == 1 ? "1 run" : $"{count} runs";

    private void WriteRuns(long? count)
    {
        var shown = 0;
        foreach (var run in _runs.From(0).Take(RunsShown))
        {
            output.WriteLine($"  {Line(run)}");
            shown++;
        }

        if (count is null || count > shown + 1)
        {
            output.WriteLine("  …");
        }

        if (count > shown)
        {
            output.WriteLine($"  {Line(_runs.From(count.Value - 1).First())}");
        }
    }

    private static string Line(PlannedRun run) =>
        (run.Defect is null ? $"{run.Index}: {run.Name}" : $"{run.Index}: {run.Name}: {run.Defect}").OneLine();

    /// <returns>How many runs are to do.</returns>
    private long WriteStanding(Workspace workspace, long count)
    {
        using var reader = workspace.OpenReader();
        using var answers = workspace.OpenResultCache(long.MaxValue, isFresh: false);
        var standing = PlanStatus.Of(scenario.Plan, answers);
        output.WriteLine(standing.ToString());
        if (reader.Find(scenario.Name) is { } latest && latest.Scenario == scenario.Name && standing.ToDo.Count > 0)
        {
            var changes = PlanChanges.Of(scenario, standing.ToDo, latest, reader);
            var parts = new List<string>();
            parts.AddRange(changes.Changed > 0 ? [$"{changes.Changed} changed"] : []);
            parts.AddRange(changes.New > 0 ? [$"{changes.New} new"] : []);
            parts.AddRange(changes.Unfinished > 0 ? [$"{changes.Unfinished} without a result there"] : []);
            parts.AddRange(
                changes.Dropped > 0 ? [$"{changes.Dropped} with other figures, whose response was not kept"] : []
            );
            output.WriteLine($"since {latest.Id}: {string.Join(", ", parts)}");
            foreach (var reason in changes.Reasons)
            {
                output.WriteLine($"  changed: {reason.OneLine()}");
            }
        }

        return count - standing.Done - standing.Repeated;
    }

    private void WriteEstimate(Workspace workspace, long toDo, bool isExact)
    {
        using var reader = workspace.OpenReader();
        var history = reader.Durations(scenario.ServiceAddress(), scenario.ServiceName, LongestHistory);
        if (history.Count == 0)
        {
            return;
        }

        var estimate = MakespanEstimate.Of(history, toDo, scenario.Plan.Limits, chance);
        var least = isExact ? "" : "at least ";
        output.WriteLine(
            $"{Runs(toDo)} should take {least}{estimate.Median.Text()}, nine times in ten no more than {estimate.NinetiethPercentile.Text()} (judged by {Runs(history.Count)} before)"
        );
    }
}
