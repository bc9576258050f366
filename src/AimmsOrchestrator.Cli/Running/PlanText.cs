using System.Globalization;
using AimmsOrchestrator.Batches.Documents;
using AimmsOrchestrator.Batches.Planning;
using AimmsOrchestrator.Cli.Terminal;
using Spectre.Console;

namespace AimmsOrchestrator.Cli.Running;

/// <summary>A plan for people: how many runs, the first and the last, what is done already, how long the rest should take.</summary>
/// <param name="plan">What is planned.</param>
/// <param name="output">Where it is written.</param>
internal sealed class PlanText(PlanDocument plan, IAnsiConsole output)
{
    public void Write()
    {
        var number = plan.IsExact ? Runs(plan.Runs) : $"more than {PlanOverview.MostCounted} runs";
        var profile = plan.Profile is { } used ? $" (profile {used})" : "";
        output.Line($"{plan.Scenario}: {number} at {plan.Service ?? "the emulator"}{profile}");
        WriteRuns(plan.IsExact ? plan.Runs : null);
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

        output.Line(Concurrency());
        if (plan is { Seconds: { } median, SecondsAtMost: { } most })
        {
            var least = plan.IsExact ? "" : "at least ";
            output.Line(
                $"{Runs(plan.ToDo)} should take {least}{TimeSpan.FromSeconds(median).Text()}, nine times in ten no more than {TimeSpan.FromSeconds(most).Text()} (judged by {Runs(plan.EstimatedFrom)} before)"
            );
        }
    }

    /// <summary>Such as <c>at most 8 unfinished tasks at the service at a time</c>.</summary>
    private string Concurrency()
    {
        var line = $"at most {plan.Concurrency} unfinished tasks at the service at a time";
        return plan.ExpectedConcurrency is { } expected
            ? $"{line}, as many as it runs in parallel and a few that wait (auto; an estimate assumes {expected})"
            : line;
    }

    /// <summary>Such as <c>96 done before, 24 to do</c>.</summary>
    public static string Line(PlanStatusDocument status)
    {
        var part = status.LookedUp == PlanStatus.MostLookedUp ? $" of the first {PlanStatus.MostLookedUp}" : "";
        var repeated = status.Repeated > 0 ? $" ({status.Repeated} of them ask what another one asks)" : "";
        return $"{status.Done}{part} done before, {status.LookedUp - status.Done} to do{repeated}";
    }

    /// <summary>Such as <c>3 of these are incumbents of a 2 s limit: asked again</c>.</summary>
    public static IEnumerable<string> IncumbentLines(PlanStatusDocument status) =>
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
        foreach (var run in plan.First)
        {
            output.Line($"  {Line(run)}");
        }

        if (count is null || count > plan.First.Count + 1)
        {
            output.Line("  …");
        }

        if (plan.Last is { } last)
        {
            output.Line($"  {Line(last)}");
        }
    }

    private static string Line(PlannedRunDocument run) =>
        (run.Error is null ? $"{run.Index}: {run.Name}" : $"{run.Index}: {run.Name}: {run.Error}").OneLine();

    private void WriteChanges(PlanChangesDocument changes)
    {
        var parts = new List<string>();
        parts.AddRange(changes.Changed > 0 ? [$"{changes.Changed} changed"] : []);
        parts.AddRange(changes.New > 0 ? [$"{changes.New} new"] : []);
        parts.AddRange(changes.Unfinished > 0 ? [$"{changes.Unfinished} without a result there"] : []);
        parts.AddRange(
            changes.Dropped > 0 ? [$"{changes.Dropped} with other results, whose response was not kept"] : []
        );
        parts.AddRange(changes.Incumbents > 0 ? [$"{changes.Incumbents} cut too early there"] : []);
        output.Line($"since {changes.Since}: {string.Join(", ", parts)}");
        foreach (var reason in changes.Reasons)
        {
            output.Line($"  changed: {reason.OneLine()}");
        }
    }
}
