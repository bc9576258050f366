using System.Globalization;
using AimmsOrchestrator.Batches.Status;
using AimmsOrchestrator.Cli.Terminal;
using AimmsOrchestrator.Cli.Terminal.Tables;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Reports.Failures;
using Spectre.Console;

namespace AimmsOrchestrator.Cli.Running;

/// <summary>Where a batch stands, for people: its counts, why runs failed, and the runs that are longest in their state.</summary>
internal sealed class StatusView(
    BatchStatus status,
    IReadOnlyList<RunRecord> underWay,
    IJournalReader reader,
    TimeProvider time
)
{
    private const int RunsShown = 20;
    private const int GroupsShown = 5;
    private const int LongestMessage = 200;

    public void Write(IAnsiConsole output)
    {
        var batch = status.Batch;
        output.Line(Headline(status, reader.Paused(batch.Number)));
        output.Line(Counts(status));
        foreach (var line in Controls(status))
        {
            output.Line(line);
        }

        foreach (var warning in status.Warnings)
        {
            output.Line($"warning: {warning.Message}");
        }

        foreach (var line in status.Holder is null ? RetryText.Lines(status.Failures, batch.Id) : [])
        {
            output.Line(line);
        }

        var groups = status.Counts.Failed > 0 ? FailureGroups.Of(batch, reader.Runs(batch.Number), GroupsShown) : [];
        foreach (var group in groups)
        {
            output.Line($"  {Text(group)}");
        }

        if (underWay.Count > 0)
        {
            WriteRuns(output);
        }
    }

    private void WriteRuns(IAnsiConsole output)
    {
        var runs = underWay.ToDictionary(run => run.Index);
        var solves = reader.Solves(status.Batch.Number);
        var table = new FittedTable([
            new("run", 5) { IsProse = true },
            new("state", 4),
            new("for", 3) { IsNumeric = true },
            .. solves.Count > 0 ? [new("solver", 2)] : Array.Empty<FittedColumn>(),
            new("waits for", 1) { IsProse = true },
        ]);
        foreach (var wait in reader.UnderWay(status.Batch.Number, RunsShown).Where(w => runs.ContainsKey(w.Index)))
        {
            var since = time.GetUtcNow() - wait.Since;
            table.Add([
                wait.Name,
                StateCell.Of(output, wait.State),
                (since > TimeSpan.Zero ? since : TimeSpan.Zero).Text(),
                .. solves.Count > 0
                    ? [solves.GetValueOrDefault(wait.Index)?.Status.ToString() ?? ""]
                    : Array.Empty<FittedCell>(),
                WaitsFor(runs[wait.Index], status),
            ]);
        }

        table.Write(output);
        if (runs.Count > RunsShown)
        {
            output.Line(
                $"and {runs.Count - RunsShown} more that changed later: `aimms-batch status --json` has them all"
            );
        }
    }

    /// <summary><c>6 failed: infeasible: all 6 have growth ≥ 1.1</c>.</summary>
    internal static string Text(FailureGroup group)
    {
        var message = (group.Count == 1 ? group.Example : group.Message).OneLine(LongestMessage);
        var condition = group.Condition ?? $"the first is run {group.Runs[0].Index}";
        return $"{group.Count} failed: {message}: {condition}";
    }

    private static string Headline(BatchStatus status, TimeSpan paused)
    {
        var batch = status.Batch;
        var started = batch.StartedAt.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        var state = status switch
        {
            { Holder: { } holder, PausedSince: not null } => $"paused; started {started}, driven by {holder}",
            { Holder: { } holder } => $"running since {started}, driven by {holder}",
            { State: BatchState.Left } => $"left when its process ended; started {started}",
            { Batch.EndedAt: { } end } =>
                $"{status.State.Word()} after {(end - batch.StartedAt - paused).Text()}{Pauses(paused)}; started {started}",
            _ => $"{status.State.Word()}; started {started}",
        };
        var reason = batch.Reason is { } why && status.Holder is null ? $": {why}" : "";
        return $"{batch.Id}: {state}{reason}";
    }

    private static string Pauses(TimeSpan paused) =>
        paused > TimeSpan.FromSeconds(1) ? $" and {paused.Text()} of pauses" : "";

    /// <summary>What a person set of it.</summary>
    private static IEnumerable<string> Controls(BatchStatus status)
    {
        if (status is { PausedSince: { } since, Controls.Pause: { } pause })
        {
            yield return $"paused (since {since.Moment()}, by {pause.Author}): `aimms-batch continue {status.Batch.Id}` lets it submit again";
        }

        foreach (var limit in status.Controls.Limits)
        {
            yield return $"{limit.Name} is {limit.Value}, set at {limit.At.Moment()} by {limit.Author}";
        }
    }

    private static string Counts(BatchStatus status)
    {
        var states = status.ByState.OrderByDescending(s => s.Count).Select(s => $"{s.Count} {s.State.Word()}");
        var total = status.Batch.RunCount is { } n ? $"{n} runs: " : "";
        return total + string.Join(", ", states);
    }

    internal static string WaitsFor(RunRecord run, BatchStatus status) =>
        (run.Phase, status.Holder) switch
        {
            (_, null) => "the batch to be resumed",
            (RunPhase.Pending, _) when status.PausedSince is not null => "the batch to be continued",
            (RunPhase.Pending, _) => run.Attempts > 0
                ? $"its next submit, after {run.Attempts} turned away"
                : "its submit",
            (RunPhase.Submitting, _) => "the answer to its submit",
            (RunPhase.Unconfirmed, _) => "the service's list of tasks to tell whether its submit was taken",
            (RunPhase.Retrieving, _) => $"the response of task {run.TaskId}",
            _ => run.State switch
            {
                RunState.Queued => $"a session for task {run.TaskId}",
                RunState.Assigned => $"the session of task {run.TaskId} to start",
                _ => $"task {run.TaskId} to end",
            },
        };
}
