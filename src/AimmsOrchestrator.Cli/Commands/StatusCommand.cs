using System.CommandLine;
using System.Globalization;
using AimmsOrchestrator.Batches.Catalog;
using AimmsOrchestrator.Batches.Documents;
using AimmsOrchestrator.Batches.Status;
using AimmsOrchestrator.Cli.Parsing;
using AimmsOrchestrator.Cli.Running;
using AimmsOrchestrator.Cli.Terminal;
using AimmsOrchestrator.Cli.Terminal.Tables;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Journal;

namespace AimmsOrchestrator.Cli.Commands;

/// <summary>One batch, its runs and what they wait for.</summary>
internal sealed class StatusCommand : BaseCommand
{
    private const int RunsShown = 20;

    private readonly Argument<string?> _batch = SharedOptions.Batch();
    private readonly Option<string> _workspace = SharedOptions.Workspace();
    private readonly Option<bool> _json = SharedOptions.Json("where the batch stands");
    private readonly Option<bool> _watch = new("--watch")
    {
        Description = "Stay and show its progress for as long as any process drives it",
    };

    public StatusCommand(CommandServices services)
        : base(
            services,
            "status",
            "Show where a batch stands, its runs under way and what they wait for",
            "status",
            "status transport-whatif --watch",
            "status transport-whatif-3 --json"
        ) => Declare(_batch, _workspace, _json, _watch);

    protected override async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var folder = parsed.GetRequiredValue(_workspace);
        var workspace = Workspace.OpenExisting(folder);
        using var reader = workspace.OpenReader();
        var batch = BatchLookup.Find(reader, parsed.GetValue(_batch)).OrThrow(folder);
        var status = BatchStatus.Of(batch, reader, workspace);
        var isInterrupted = false;
        if (parsed.GetValue(_watch) && status.Holder is not null)
        {
            using var interruption = new Interruption(() => { });
            Screen.Say($"{batch.Id} is driven by {status.Holder}; Ctrl-C ends the watching, not the batch");
            status = await WatchAsync(batch, new BatchWatch(workspace, reader, Services.Time), interruption.Requested);
            isInterrupted = interruption.Requested.IsCancellationRequested;
        }

        var runs = StatusRuns.Of(reader.Runs(batch.Number), RunsShown + 1);
        if (parsed.GetValue(_json))
        {
            var document = BatchDocument.Of(status) with { UnderWay = RunUnderWayDocument.Of(runs.UnderWay) };
            Screen.WriteJson(document, BatchJsonContext.Default.BatchDocument);
        }
        else if (!isInterrupted)
        {
            // A person who has watched until then has seen it all.
            Show(status, runs, Screen);
        }

        return isInterrupted ? ExitCode.Interrupted : ExitCode.Success;
    }

    private async Task<BatchStatus> WatchAsync(BatchRecord batch, BatchWatch watch, CancellationToken cancelled)
    {
        var progress = Screen.Progress();
        var watching = watch.UntilLeftAsync(batch, progress, cancelled);
        await progress.ShowAsync(watching);
        return await watching;
    }

    private static void Show(BatchStatus status, StatusRuns found, Screen screen)
    {
        var runs = found.UnderWay.Concat(found.Failed).Take(RunsShown + 1).ToList();
        var output = screen.Data;
        output.Line(Headline(status));
        output.Line(Counts(status));
        foreach (var warning in status.Warnings)
        {
            output.Line($"warning: {warning.Message}");
        }

        foreach (var line in status.Holder is null ? RetryText.Lines(status.Failures, status.Batch.Id) : [])
        {
            output.Line(line);
        }

        if (runs.Count == 0)
        {
            return;
        }

        var table = new FittedTable([
            new("run", 3) { IsProse = true },
            new("state", 2),
            new("waits for", 1) { IsProse = true },
        ]);
        foreach (var run in runs.Take(RunsShown))
        {
            table.Add(run.Name, run.State.Word(), WaitsFor(run, status));
        }

        table.Write(output);
        if (runs.Count > RunsShown)
        {
            output.Line("and more: `aimms-batch report --format csv` has them all");
        }
    }

    private static string Headline(BatchStatus status)
    {
        var batch = status.Batch;
        var started = batch.StartedAt.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        var state = status switch
        {
            { Holder: { } holder } => $"running since {started}, driven by {holder}",
            { State: BatchState.Left } => $"left when its process ended; started {started}",
            { Batch.EndedAt: { } end } =>
                $"{status.State.Word()} after {(end - batch.StartedAt).Text()}; started {started}",
            _ => $"{status.State.Word()}; started {started}",
        };
        var reason = batch.Reason is { } why && status.Holder is null ? $": {why}" : "";
        return $"{batch.Id}: {state}{reason}";
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
            (RunPhase.Failed, _) => run.Error?.Message ?? "",
            (_, null) => "the batch to be resumed",
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
