using AimmsOrchestrator.Batches.Documents;
using AimmsOrchestrator.Cli.Terminal;
using AimmsOrchestrator.Domain.Batches.Control;

namespace AimmsOrchestrator.Cli.Running;

/// <summary>What is said of a batch when it begins or goes on, here or at a server.</summary>
internal static class Announcement
{
    /// <summary>Such as <c>grid-1: 120 runs: 96 done before, 24 to do</c>.</summary>
    public static IEnumerable<string> Begin(string batch, long? runs, PlanStatusDocument? found)
    {
        var status = found is { Done: > 0 } or { Incumbents.Count: > 0 } ? PlanText.Line(found) : "";
        string[] parts = [batch, Total(runs), status];
        yield return string.Join(": ", parts.Where(part => part.Length > 0));
        foreach (var line in found is null ? [] : PlanText.IncumbentLines(found))
        {
            yield return line;
        }
    }

    /// <summary>Such as <c>grid-1 resumes: 96 of 120 runs done before</c>.</summary>
    public static string Resume(string batch, long? runs, long ended) =>
        $"{batch} resumes: {ended}{(runs is null ? "" : $" of {Total(runs)}")} done before";

    /// <summary>What people set of it earlier, and still holds.</summary>
    public static IEnumerable<string> Controls(
        string batch,
        IReadOnlyList<ControlSetting> limits,
        ControlSetting? pause
    )
    {
        if (limits.Count > 0)
        {
            var set = string.Join(", ", limits.Select(limit => $"{limit.Name}={limit.Value}"));
            yield return $"{batch}: limits that were set: {set}";
        }

        if (pause is not null)
        {
            yield return $"{batch} is paused (since {pause.At.Moment()}, by {pause.Author}): nothing is submitted until `aimms-batch continue {batch}`";
        }
    }

    private static string Total(long? runs) => runs is { } n ? $"{n} {(n == 1 ? "run" : "runs")}" : "";
}
