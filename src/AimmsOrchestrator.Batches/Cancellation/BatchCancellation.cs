using AimmsOrchestrator.Batches.Catalog;
using AimmsOrchestrator.Batches.Execution;
using AimmsOrchestrator.Batches.Problems;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Runs.Rules;
using AimmsOrchestrator.Domain.Settlement;
using AimmsOrchestrator.Domain.Settlement.Submits;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Journal;
using AimmsOrchestrator.Scenarios;

namespace AimmsOrchestrator.Batches.Cancellation;

/// <summary>
/// Cancels a batch: asks the process that drives it to leave it, then deletes its queued tasks at the service,
/// interrupts the others, and writes down what became of each run.
/// </summary>
/// <param name="workspace">Where the batch lives.</param>
/// <param name="time">The clock.</param>
/// <param name="connect">Connects to a scenario's service; over HTTP by default.</param>
public sealed class BatchCancellation(
    Workspace workspace,
    TimeProvider time,
    Func<Scenario, TimeProvider, ServicePeer>? connect = null
)
{
    /// <summary>A driver waits for the answers of its submits before it leaves: the transfer timeout plus a margin.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan BetweenPolls = TimeSpan.FromMilliseconds(200);

    private readonly Func<Scenario, TimeProvider, ServicePeer> _connect = connect ?? ServicePeer.Connect;

    /// <param name="batch">The batch.</param>
    /// <param name="keepRunning">Whether the tasks at the service are left alone.</param>
    /// <param name="cancellation">Ends the waiting for the process that drives the batch.</param>
    public async Task<Result<CancelledBatch>> CancelAsync(
        BatchRecord batch,
        bool keepRunning,
        CancellationToken cancellation = default
    )
    {
        using var reader = workspace.OpenReader();
        if (IsOver(batch, reader))
        {
            return new CancelledBatch(batch, WasOver: true, TasksAtService: 0);
        }

        var taken = await TakeOverAsync(batch, cancellation);
        if (!taken.IsSuccess)
        {
            return taken.Problem;
        }

        using var claim = taken.Value;
        if (reader.Find(batch.Id.Value) is { } now && IsOver(now, reader))
        {
            return new CancelledBatch(now, WasOver: true, TasksAtService: 0);
        }

        using var writer = workspace.OpenWriter();
        var unfinished = reader
            .Unfinished(batch.Number)
            .ToDictionary(pair => pair.Key, pair => Run.FromEvents(pair.Value));
        var loaded = LoadScenario(batch, reader, unfinished.Values);
        if (loaded is { IsSuccess: false, Problem: { } broken })
        {
            return broken;
        }

        var scenario = loaded?.Value;
        using var book = workspace.OpenTaskIndex(batch.Number);
        var ended = await EndTasksAsync(batch, reader, book, scenario, keepRunning, unfinished);
        if (!ended.IsSuccess)
        {
            return ended.Problem;
        }

        return await RecordAsync(
            batch,
            writer,
            scenario,
            claim.Epoch,
            new EndedTasks(unfinished, ended.Value, keepRunning)
        );
    }

    /// <summary>Writes the runs whose tasks are ended as cancelled, and the batch too if no task is left.</summary>
    private async Task<Result<CancelledBatch>> RecordAsync(
        BatchRecord batch,
        IJournalWriter writer,
        Scenario? scenario,
        long epoch,
        EndedTasks ended
    )
    {
        var at = time.GetUtcNow();
        var cancel = new RunCommand.Cancel(ended.KeepRunning);
        foreach (var (index, run) in ended.Unfinished.Where(pair => !ended.Stuck.ContainsKey(pair.Key)))
        {
            var planned = scenario?.Plan.Runs.From(index).First();
            if (planned is not null && RunCommandRules.Decide(run, cancel, at) is { } cancelled)
            {
                var entry = RunEventEntry.Next(batch.Number, planned, run, cancelled);
                await writer.AppendAsync([entry with { Epoch = epoch }]);
            }
        }

        if (ended.Stuck.Count > 0)
        {
            var first = ended.Stuck.First();
            return new BatchProblem.TasksNotEnded(batch.Id, ended.Stuck.Count, first.Key, first.Value);
        }

        await writer.AppendAsync([new BatchEnded(batch.Number, BatchEnd.Cancelled, "cancelled", at) { Epoch = epoch }]);
        var atService = ended.Unfinished.Values.Count(run => run.Phase == RunPhase.AtService);
        return new CancelledBatch(batch, WasOver: false, atService);
    }

    /// <summary>A batch that its driver left as cancelled is not over before its tasks are ended.</summary>
    private static bool IsOver(BatchRecord batch, IJournalReader reader) =>
        batch.End switch
        {
            BatchEnd.AllRunsEnded => true,
            BatchEnd.Cancelled => reader.Unfinished(batch.Number).Count == 0,
            _ => false,
        };

    /// <summary>Null where no run may have a task at the service; a scenario that cannot be read is a problem otherwise.</summary>
    private static Result<Scenario>? LoadScenario(BatchRecord batch, IJournalReader reader, IEnumerable<Run> unfinished)
    {
        if (StoredScenarios.Load(batch, reader) is { } scenario)
        {
            return scenario;
        }

        if (!unfinished.Any(run => run.Phase.MayHoldSlot()))
        {
            return null;
        }

        return StoredScenarios.LoadToRun(batch, reader);
    }

    private async Task<Result<BatchClaim>> TakeOverAsync(BatchRecord batch, CancellationToken cancellation)
    {
        var until = time.GetUtcNow() + LongestWait;
        while (true)
        {
            if (BatchClaim.TryTake(workspace, batch, time) is { } claim)
            {
                return claim;
            }

            if (time.GetUtcNow() > until)
            {
                var holder = BatchClaim.HolderOf(workspace, batch.Id);
                return new BatchProblem.DrivenElsewhere(batch.Id, holder, WasAskedToLeave: true);
            }

            BatchClaim.AskToLeave(workspace, batch.Id);
            await Task.Delay(BetweenPolls, time, cancellation);
        }
    }

    /// <returns>The runs whose task could not be ended, and why.</returns>
    private async Task<Result<Dictionary<long, string>>> EndTasksAsync(
        BatchRecord batch,
        IJournalReader reader,
        ITaskIndex book,
        Scenario? scenario,
        bool keepRunning,
        Dictionary<long, Run> unfinished
    )
    {
        var stuck = new Dictionary<long, string>();
        var tasks = unfinished.Where(pair => pair.Value.Phase.MayHoldSlot()).ToList();

        // The driver's own emulator ended with the driver, and its tasks with it.
        if (keepRunning || tasks.Count == 0 || scenario is not { UsesEmulator: false })
        {
            return stuck;
        }

        // Only now are the key and the other variables that lead to the service needed.
        var loaded = StoredScenarios.LoadToRun(batch, reader);
        if (!loaded.IsSuccess)
        {
            return loaded.Problem;
        }

        var reachable = loaded.Value;
        await using var peer = _connect(reachable, time);
        var client = peer.Service;
        var lost = tasks
            .Where(pair => pair.Value.TaskId is null)
            .Select(pair => Lost(batch, reachable, pair.Key, pair.Value));
        var found = await new LostTasks(client, book, time).FindAsync([.. lost]);
        foreach (var (index, run) in tasks)
        {
            var task = run.TaskId ?? found.GetValueOrDefault(new RunReference(batch.Number, index));
            if (task is { } id && await EndTaskAsync(client, id) is { } fault)
            {
                stuck.Add(index, fault.Message);
            }
        }

        return stuck;
    }

    private (RunReference Run, LostSubmit Submit) Lost(BatchRecord batch, Scenario scenario, long index, Run run)
    {
        var now = time.GetUtcNow();
        var target = scenario.Plan.Runs.From(index).First().Request?.Target;
        var submit = LostSubmit.Of(target, run.IntendedAt ?? now, run.LostAt ?? now);
        return (new RunReference(batch.Number, index), submit);
    }

    /// <summary>Deletes a queued task and interrupts any other; one that has ended or is unknown needs nothing.</summary>
    private static async Task<ServiceFault?> EndTaskAsync(ITaskService client, TaskId task)
    {
        var state = await client.GetStateAsync(task, CancellationToken.None);
        if (!state.IsSuccess)
        {
            return state.Fault.Kind == FaultKind.Unknown ? null : state.Fault;
        }

        if (state.Value.State.IsEnded())
        {
            return null;
        }

        if (state.Value.State == TaskState.Queued)
        {
            var deleted = await client.DeleteAsync(task, CancellationToken.None);
            if (deleted.IsSuccess || deleted.Fault.Kind == FaultKind.Unknown)
            {
                return null;
            }
        }

        // It runs, or has begun to run since.
        var interrupted = await client.InterruptAsync(task, Interrupt.Execution, CancellationToken.None);
        return interrupted.IsSuccess || interrupted.Fault.Kind == FaultKind.Unknown ? null : interrupted.Fault;
    }

    /// <summary>The batch's unfinished runs, and which of their tasks could not be ended and why.</summary>
    private sealed record EndedTasks(
        IReadOnlyDictionary<long, Run> Unfinished,
        IReadOnlyDictionary<long, string> Stuck,
        bool KeepRunning
    );
}
