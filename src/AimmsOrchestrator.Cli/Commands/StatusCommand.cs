using System.CommandLine;
using System.Globalization;
using AimmsOrchestrator.Cli.Running;
using AimmsOrchestrator.Cli.Terminal;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Journal;
using Spectre.Console;

namespace AimmsOrchestrator.Cli.Commands;

/// <summary>One batch, its runs and what they wait for.</summary>
internal sealed class StatusCommand : ExampleCommand
{
    private const int RunsShown = 20;

    public StatusCommand(Screen screen)
        : base(
            "status",
            "Show where a batch stands, its runs under way and what they wait for",
            "status",
            "status transport-whatif --watch",
            "status transport-whatif-3 --json"
        )
    {
        var batch = SharedOptions.Batch();
        var workspace = SharedOptions.Workspace();
        var json = SharedOptions.Json("where the batch stands");
        var watch = new Option<bool>("--watch")
        {
            Description = "Stay and show its progress for as long as any process drives it",
        };
        Arguments.Add(batch);
        Options.Add(workspace);
        Options.Add(json);
        Options.Add(watch);

        SetAction(
            async (parsed, _) =>
            {
                var folder = Workspace.OpenExisting(parsed.GetRequiredValue(workspace));
                using var reader = folder.OpenReader();
                var found = BatchLookup.Find(reader, parsed.GetValue(batch), parsed.GetRequiredValue(workspace));
                var standing = BatchStatus.Of(found, reader, folder);
                var isInterrupted = false;
                if (parsed.GetValue(watch) && standing.Holder is not null)
                {
                    using var interruption = new Interruption(() => { });
                    screen.Say($"{found.Id} is driven by {standing.Holder}; Ctrl-C ends the watching, not the batch");
                    standing = await new BatchWatch(folder, reader, TimeProvider.System).UntilLeftAsync(
                        found,
                        screen.Progress(),
                        interruption.Requested
                    );
                    isInterrupted = interruption.Requested.IsCancellationRequested;
                }

                var runs = StatusRuns.Of(reader.Runs(found.Number), RunsShown + 1);
                if (parsed.GetValue(json))
                {
                    WriteJson(standing, runs);
                }
                else if (!isInterrupted)
                {
                    // Who has watched so far has seen it all.
                    Show(standing, runs, screen);
                }

                return isInterrupted ? ExitCode.Interrupted : ExitCode.Success;
            }
        );
    }

    private static void WriteJson(BatchStatus standing, StatusRuns runs) =>
        JsonOutput.Write(writer =>
        {
            writer.WriteStartObject();
            standing.WriteMembersTo(writer);
            writer.WriteStartArray("underWay");
            foreach (var run in runs.UnderWay)
            {
                writer.WriteStartObject();
                writer.WriteNumber("index", run.Index);
                writer.WriteString("name", run.Name);
                writer.WriteString("state", run.State.Word());
                writer.WriteString("task", run.TaskId?.Value);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        });

    private static void Show(BatchStatus standing, StatusRuns found, Screen screen)
    {
        var runs = found.UnderWay.Concat(found.Failed).Take(RunsShown + 1).ToList();
        var output = screen.Data;
        output.Line(Headline(standing));
        output.Line(Counts(standing));
        if (runs.Count == 0)
        {
            return;
        }

        var table = new Table().Border(TableBorder.Simple);
        table.AddColumns("run", "state", "waits for");
        foreach (var run in runs.Take(RunsShown))
        {
            table.AddRow(
                Markup.Escape(run.Name.OneLine()),
                Markup.Escape(run.State.Word()),
                Markup.Escape(WaitsFor(run, standing).OneLine())
            );
        }

        output.Write(table);
        if (runs.Count > RunsShown)
        {
            output.Line("and more: `aimms-batch report --format csv` has them all");
        }
    }

    private static string Headline(BatchStatus standing)
    {
        var batch = standing.Batch;
        var started = batch.StartedAt.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        var state = standing switch
        {
            { Holder: { } holder } => $"running since {started}, driven by {holder}",
            { State: "left" } => $"left when its process ended; started {started}",
            { Batch.EndedAt: { } end } => $"{standing.State} after {(end - batch.StartedAt).Text()}; started {started}",
            _ => $"{standing.State}; started {started}",
        };
        var reason = batch.Reason is { } why && standing.Holder is null ? $": {why}" : "";
        return $"{batch.Id}: {state}{reason}";
    }

    private static string Counts(BatchStatus standing)
    {
        var states = standing.ByState.OrderByDescending(s => s.Count).Select(s => $"{s.Count} {s.Word}");
        var total = standing.Batch.RunCount is { } n ? $"{n} runs: " : "";
        return total + string.Join(", ", states);
    }

    internal static string WaitsFor(RunRecord run, BatchStatus standing) =>
        (run.Phase, standing.Holder) switch
        {
            (RunPhase.Failed, _) => run.Error?.Message ?? "",
            (_, null) => "the batch to go on",
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
