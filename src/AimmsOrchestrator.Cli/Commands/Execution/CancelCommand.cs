using System.CommandLine;
using AimmsOrchestrator.Batches.Cancellation;
using AimmsOrchestrator.Batches.Catalog;
using AimmsOrchestrator.Cli.Parsing;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Journal;

namespace AimmsOrchestrator.Cli.Commands.Execution;

/// <summary>Cancels a batch.</summary>
internal sealed class CancelCommand : BaseCommand
{
    private readonly Argument<string?> _batch = SharedOptions.Batch();
    private readonly Option<string> _workspace = SharedOptions.Workspace();
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
        ) => Declare(_batch, _workspace, _keepRunning);

    protected override async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var folder = parsed.GetRequiredValue(_workspace);
        var workspace = Workspace.OpenExisting(folder);
        using var reader = workspace.OpenReader();
        var batch = BatchLookup.Find(reader, parsed.GetValue(_batch)).OrThrow(folder);
        var keepRunning = parsed.GetValue(_keepRunning);
        var result = await new BatchCancellation(workspace, Services.Time).CancelAsync(
            batch,
            keepRunning,
            cancellation
        );
        var cancelled = result.OrThrow(folder);
        Screen.Say(Line(cancelled, keepRunning));
        if (Doubt(cancelled) is { } doubt)
        {
            Screen.Complain($"{cancelled.Batch.Id}: {doubt}");
        }

        return ExitCode.Success;
    }

    private static string Line(CancelledBatch cancelled, bool keepRunning)
    {
        var id = cancelled.Batch.Id;
        var fate = keepRunning ? "left to run" : "ended";
        return cancelled switch
        {
            { WasOver: true, Batch.End: BatchEnd.Cancelled } => $"{id} is cancelled already",
            { WasOver: true } => $"{id} is finished already",
            { TasksAtService: 0, AmbiguousSubmits: > 0 } => $"{id}: cancelled; no task of it is known",
            { TasksAtService: 0 } => $"{id}: cancelled; the service had no task of it",
            { TasksAtService: 1 } => $"{id}: cancelled; 1 task at the service was {fate}",
            _ => $"{id}: cancelled; {cancelled.TasksAtService} tasks at the service were {fate}",
        };
    }

    /// <summary>Null where every task's fate is known.</summary>
    private static string? Doubt(CancelledBatch cancelled) =>
        cancelled.AmbiguousSubmits switch
        {
            0 => null,
            1 =>
                "the service may have taken 1 submit whose answer was lost: its task may run on (`aimms-batch report` marks the run)",
            var n =>
                $"the service may have taken {n} submits whose answers were lost: their tasks may run on (`aimms-batch report` marks the runs)",
        };
}
