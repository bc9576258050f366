using System.Globalization;
using AimmsOrchestrator.Batches.Documents;
using AimmsOrchestrator.Batches.Execution;
using AimmsOrchestrator.Batches.Status;
using AimmsOrchestrator.Batches.Views;
using AimmsOrchestrator.Cli.Terminal;
using AimmsOrchestrator.Cli.Terminal.Tables;
using AimmsOrchestrator.Reports.Failures;
using Spectre.Console;

namespace AimmsOrchestrator.Cli.Running;

/// <summary>Where a batch stands, for people: its counts, why runs failed, and the runs that are longest in their state.</summary>
/// <param name="status">Where it stands.</param>
internal sealed class StatusView(StatusContents status)
{
    private const int LongestMessage = 200;

    public void Write(IAnsiConsole output)
    {
        var document = status.Document;
        output.Line(Headline(status));
        output.Line(Counts(document));
        if (document.Scheduled is { } start)
        {
            output.Line(
                string.Create(CultureInfo.InvariantCulture, $"begun by schedule {start.Schedule}")
                    + (start.Late is { } late ? $": {late}" : "")
            );
        }

        foreach (var line in Controls(status))
        {
            output.Line(line);
        }

        foreach (var warning in document.Warnings ?? [])
        {
            output.Line($"warning: {warning.Message}");
        }

        foreach (var line in status.Holder is null ? RetryText.Lines(status.Failures(), document.Batch) : [])
        {
            output.Line(line);
        }

        foreach (var group in status.Groups)
        {
            output.Line($"  {Text(group)}");
        }

        if (status.Waits.Count > 0)
        {
            WriteRuns(output);
        }
    }

    private void WriteRuns(IAnsiConsole output)
    {
        var table = new FittedTable([
            new("run", 5) { IsProse = true },
            new("state", 4),
            new("for", 3) { IsNumeric = true },
            .. status.HasSolves ? [new("solver", 2)] : Array.Empty<FittedColumn>(),
            new("waits for", 1) { IsProse = true },
        ]);
        foreach (var wait in status.Waits)
        {
            table.Add([
                wait.Name,
                StateCell.Of(output, wait.State),
                wait.For.Text(),
                .. status.HasSolves ? [wait.Solve ?? ""] : Array.Empty<FittedCell>(),
                wait.What,
            ]);
        }

        table.Write(output);
        if (status.Others > 0)
        {
            output.Line($"and {status.Others} more that changed later: `aimms-batch status --json` has them all");
        }
    }

    /// <summary><c>6 failed: infeasible: all 6 have growth ≥ 1.1</c>.</summary>
    internal static string Text(FailureGroup group)
    {
        var message = (group.Count == 1 ? group.Example : group.Message).OneLine(LongestMessage);
        var condition = group.Condition ?? $"the first is run {group.Runs[0].Index}";
        return $"{group.Count} failed: {message}: {condition}";
    }

    private static string Headline(StatusContents status)
    {
        var started = status.StartedAt.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        var state = status switch
        {
            { State: BatchState.Paused } => $"paused; started {started}, driven by {status.Holder}",
            { State: BatchState.Running } => $"running since {started}, driven by {status.Holder}",
            { State: BatchState.Left } => $"left when its process ended; started {started}",
            { EndedAt: { } end } =>
                $"{status.State.Word()} after {(end - status.StartedAt - status.Paused).Text()}{Pauses(status.Paused)}; started {started}",
            _ => $"{status.State.Word()}; started {started}",
        };
        var reason = status.Document.Reason is { } why && status.Holder is null ? $": {why}" : "";
        return $"{status.Document.Batch}: {state}{reason}";
    }

    private static string Pauses(TimeSpan paused) =>
        paused > TimeSpan.FromSeconds(1) ? $" and {paused.Text()} of pauses" : "";

    /// <summary>What a person set of it.</summary>
    private static IEnumerable<string> Controls(StatusContents status)
    {
        if (status.Pause is { } pause)
        {
            yield return $"paused (since {pause.At.Moment()}, by {pause.Author}): `aimms-batch continue {status.Document.Batch}` lets it submit again";
        }

        foreach (var limit in status.Limits)
        {
            yield return $"{limit.Name} is {limit.Value}, set at {limit.At.Moment()} by {limit.Author}";
        }
    }

    private static string Counts(BatchDocument document)
    {
        var states = document.ByState.OrderByDescending(s => s.Value).Select(s => $"{s.Value} {s.Key}");
        var total = document.Runs is { } n ? $"{n} runs: " : "";
        return total + string.Join(", ", states) + (document.Concurrency is { } found ? $" (auto {found})" : "");
    }
}
