using System.CommandLine;
using AimmsOrchestrator.Batches.Cancellation;
using AimmsOrchestrator.Batches.Catalog;
using AimmsOrchestrator.Batches.Documents;
using AimmsOrchestrator.Cli.Commands.Control;
using AimmsOrchestrator.Cli.Parsing;
using AimmsOrchestrator.Cli.Remote;
using AimmsOrchestrator.Journal;

namespace AimmsOrchestrator.Cli.Commands.Execution;

/// <summary>Cancels a batch.</summary>
internal sealed class CancelCommand : BaseCommand
{
    private readonly Argument<string?> _batch = SharedOptions.Batch();
    private readonly PlaceOptions _place = new();
    private readonly Option<bool> _keepRunning = new("--keep-running")
    {
        Description = "Leave the tasks at the service alone",
    };

    public CancelCommand(CommandServices services)
        : base(
            services,
            "cancel",
            "Stop a batch and its tasks at the service: queued ones are deleted, running ones interrupted",
            "cancel",
            "cancel transport-whatif-3 --keep-running"
        ) => Declare([_batch, .. _place.All, _keepRunning]);

    protected override async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var keepRunning = parsed.GetValue(_keepRunning);
        using var server = _place.Server(parsed, Services);
        if (server is not null)
        {
            var there = await new RemoteBatches(server).FindAsync(parsed.GetValue(_batch), cancellation);
            var keep = keepRunning ? "&keepRunning=true" : "";
            var ended = await server.SendAsync(
                $"{RemoteBatches.PathOf(there.Batch)}/cancel?wait=true{keep}",
                body: null,
                BatchJsonContext.Default.CancelledDocument,
                cancellation
            );
            return Conclude(ended, keepRunning);
        }

        var folder = _place.Folder(parsed);
        var workspace = SqliteWorkspace.OpenExisting(folder);
        using var reader = workspace.OpenReader();
        var batch = BatchLookup.Find(reader, parsed.GetValue(_batch)).OrThrow(folder);
        var cancelling = new BatchCancellation(workspace, Services.Time);
        await cancelling.AskAsync(batch, keepRunning, Author.OfThisProcess);
        var result = await cancelling.CancelAsync(batch, cancellation);
        return Conclude(CancelledDocument.Of(result.OrThrow(folder)), keepRunning);
    }

    private int Conclude(CancelledDocument cancelled, bool keepRunning)
    {
        Screen.Say(Line(cancelled, keepRunning));
        if (Doubt(cancelled) is { } doubt)
        {
            Screen.Complain($"{cancelled.Batch}: {doubt}");
        }

        return ExitCode.Success;
    }

    private static string Line(CancelledDocument cancelled, bool keepRunning)
    {
        var id = cancelled.Batch;
        var fate = cancelled.KeptRunning ?? keepRunning ? "left to run" : "ended";
        return cancelled switch
        {
            { WasOver: true, IsCancelled: true } => $"{id} is cancelled already",
            { WasOver: true } => $"{id} is finished already",
            { TasksAtService: 0, AmbiguousSubmits: > 0 } => $"{id}: cancelled; no task of it is known",
            { TasksAtService: 0 } => $"{id}: cancelled; the service had no task of it",
            { TasksAtService: 1 } => $"{id}: cancelled; 1 task at the service was {fate}",
            _ => $"{id}: cancelled; {cancelled.TasksAtService} tasks at the service were {fate}",
        };
    }

    /// <summary>Null where every task's fate is known.</summary>
    private static string? Doubt(CancelledDocument cancelled) =>
        cancelled.AmbiguousSubmits switch
        {
            0 => null,
            1 =>
                "the service may have taken 1 submit whose answer was lost: its task may run on (`aimms-batch report` marks the run)",
            var n =>
                $"the service may have taken {n} submits whose answers were lost: their tasks may run on (`aimms-batch report` marks the runs)",
        };
}
