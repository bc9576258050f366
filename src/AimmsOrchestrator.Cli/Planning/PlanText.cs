using System.Globalization;
using AimmsOrchestrator.Batches.Planning;
using AimmsOrchestrator.Cli.Terminal;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Scenarios;
using Spectre.Console;

namespace AimmsOrchestrator.Cli.Planning;

/// <summary>A plan for people: how many runs, the first and the last, what is done already, how long the rest should take.</summary>
/// <param name="scenario">What is planned.</param>
/// <param name="output">Where it is written.</param>
internal sealed class PlanText(Scenario scenario, IAnsiConsole output)
{
    private const int RunsShown = 3;

    private readonly IRunSource _runs = scenario.Plan.Runs;

    public void Write(PlanOverview plan)
    {
        var number = plan.IsExact ? Runs(plan.Count) : $"more than {PlanOverview.MostCounted} runs";
        var profile = scenario.Profile is { } used ? $" (profile {used})" : "";
        output.Line($"{scenario.Name}: {number} at {scenario.Address?.ToString() ?? "the emulator"}{profile}");
        WriteRuns(plan.IsExact ? plan.Count : null);
        if (plan.Status is { } status)
        {
            output.Line(Line(status));
            foreach (var line in IncumbentLines(status))
            {
                output.Line(line);
            }
        }

        if (plan.Changes is { } changes)
        {
            WriteChanges(changes);
        }

        foreach (var line in plan.EmptyResults)
        {
            output.Line($"warning: {line}");
        }

        output.Line(Line(scenario.Plan.Limits));
        if (plan.Estimate is { } estimate)
        {
            var least = plan.IsExact ? "" : "at least ";
            output.Line(
                $"{Runs(plan.ToDo)} should take {least}{estimate.Median.Text()}, nine times in ten no more than {estimate.NinetiethPercentile.Text()} (judged by {Runs(plan.EstimatedFrom)} before)"
            );
        }
    }

    /// <summary>Such as <c>at most 8 unfinished tasks at the service at a time</c>.</summary>
    private static string Line(Limits limits)
    {
        var line = $"at most {limits.MaxUnfinishedTasks} unfinished tasks at the service at a time";
        return limits.FindsConcurrency
            ? $"{line}, as many as it runs in parallel and a few that wait (auto; an estimate assumes {limits.ExpectedUnfinishedTasks})"
            : line;
    }

    /// <summary>Such as <c>96 done before, 24 to do</c>.</summary>
    public static string Line(PlanStatus status)
    {
        var part = status.LookedUp == PlanStatus.MostLookedUp ? $" of the first {PlanStatus.MostLookedUp}" : "";
        var repeated = status.Repeated > 0 ? $" ({status.Repeated} of them ask what another one asks)" : "";
        return $"{status.Done}{part} done before, {status.LookedUp - status.Done} to do{repeated}";
    }

    /// <summary>Such as <c>3 of these are incumbents of a 2 s limit: asked again</c>.</summary>
    public static IEnumerable<string> IncumbentLines(PlanStatus status) =>
        status.Incumbents.Select(group =>
        {
            var limit = group.CutAfter is { } cut
                ? string.Create(CultureInfo.InvariantCulture, $"a {Seconds(cut)} limit")
                : "a limit that an older version did not write down";
            return group.Count == 1
                ? $"1 of these is an incumbent of {limit}: asked again"
                : $"{group.Count} of these are incumbents of {limit}: asked again";
        });

    private static string Seconds(TimeSpan time) =>
        time.TotalSeconds < 60
            ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.###} s")
            : time.Text();

    private static string Runs(long count) => count == 1 ? "1 run" : $"{count} runs";

    private void WriteRuns(long? count)
    {
        var shown = 0;
        foreach (var run in _runs.From(0).Take(RunsShown))
        {
            output.Line($"  {Line(run)}");
            shown++;
        }

        if (count is null || count > shown + 1)
        {
            output.Line("  …");
        }

        if (count > shown)
        {
            output.Line($"  {Line(_runs.From(count.Value - 1).First())}");
        }
    }

    private static string Line(PlannedRun run) =>
        (run.Defect is null ? $"{run.Index}: {run.Name}" : $"{run.Index}: {run.Name}: {run.Defect}").OneLine();

    private void WriteChanges(PlanChanges changes)
    {
        var parts = new List<string>();
        parts.AddRange(changes.Changed > 0 ? [$"{changes.Changed} changed"] : []);
        parts.AddRange(changes.New > 0 ? [$"{changes.New} new"] : []);
        parts.AddRange(changes.Unfinished > 0 ? [$"{changes.Unfinished} without a result there"] : []);
        parts.AddRange(
            changes.Dropped > 0 ? [$"{changes.Dropped} with other results, whose response was not kept"] : []
        );
        parts.AddRange(changes.Incumbents > 0 ? [$"{changes.Incumbents} cut too early there"] : []);
        output.Line($"since {changes.Since.Id}: {string.Join(", ", parts)}");
        foreach (var reason in changes.Reasons)
        {
            output.Line($"  changed: {reason.OneLine()}");
        }
    }
}
