using AimmsOrchestrator.Aimms;
using AimmsOrchestrator.Cli.Commands;
using AimmsOrchestrator.Cli.Terminal;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Settlement;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Journal;
using AimmsOrchestrator.Scenarios;

namespace AimmsOrchestrator.Cli.Running;

/// <summary>
/// Calls a batch off: has its driver leave it, wherever that runs, then removes its queued tasks from the service and
/// interrupts the others, and writes down what became of each run.
/// </summary>
internal sealed class BatchCancellation(Screen screen, string workspaceFolder, TimeProvider time)
{
    /// <summary>A driver waits for the answers of its submits before it leaves: as long as a transfer may take, and a bit.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(200);

    /// <param name="name">The batch as a person names it; null for the latest.</param>
    /// <param name="keepRunning">Whether the tasks at the service are left alone.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> CancelAsync(string? name, bool keepRunning)
    {
        var workspace = Workspace.OpenExisting(workspaceFolder);
        using var reader = workspace.OpenReader();
        var batch = BatchLookup.Find(reader, name, workspaceFolder);
        if (IsOver(batch, reader))
        {
            return ExitCode.Success;
        }

        using var claim = await TakeOverAsync(workspace, batch);
        if (IsOver(reader.Find(batch.Id.Value) ?? batch, reader))
        {
            return ExitCode.Success;
        }

        using var writer = workspace.OpenWriter();
        var unfinished = reader
            .Unfinished(batch.Number)
            .ToDictionary(pair => pair.Key, pair => Run.FromEvents(pair.Value));
        var scenario = Scenario(batch, reader, unfinished.Values);
        using var book = workspace.OpenTaskIndex(batch.Number);
        var stuck = await EndTasksAsync(batch, reader, book, scenario, keepRunning, unfinished);
        var at = time.GetUtcNow();
        var cancel = new RunCommand.Cancel(keepRunning);
        foreach (var (index, run) in unfinished.Where(pair => !stuck.ContainsKey(pair.Key)))
        {
            var planned = scenario?.Plan.Runs.From(index).First();
            if (planned is not null && RunCommandRules.Decide(run, cancel, at) is { } cancelled)
            {
                writer.Commit([new RunEventEntry(batch.Number, planned, cancelled)]);
            }
        }

        if (stuck.Count > 0)
        {
            var first = stuck.First();
            throw new UserErrorException(
                $"{batch.Id}: {stuck.Count} tasks could not be ended, the first one of run {first.Key}: {first.Value}; cancel again later",
                ExitCode.ServiceRefused
            );
        }

        writer.Commit([new BatchEnded(batch.Number, BatchEnd.Cancelled, "called off", at)]);
        screen.Say($"{batch.Id}: called off; {Tasks(unfinished.Values, keepRunning)}");
        return ExitCode.Success;
    }

    /// <summary>Its driver writes it down as called off before its tasks are ended: that alone is not over.</summary>
    private bool IsOver(BatchRecord batch, IJournalReader reader)
    {
        var isOver = batch.End switch
        {
            BatchEnd.AllRunsEnded => true,
            BatchEnd.Cancelled => reader.Unfinished(batch.Number).Count == 0,
            _ => false,
        };
        if (isOver)
        {
            screen.Say($"{batch.Id} is {(batch.End == BatchEnd.Cancelled ? "called off" : "finished")} already");
        }

        return isOver;
    }

    /// <summary>Null where nothing of it is wanted: no run may have a task at the service.</summary>
    /// <exception cref="UserErrorException">It is wanted and cannot be read: nothing has been sent or written then.</exception>
    private static Scenario? Scenario(BatchRecord batch, IJournalReader reader, IEnumerable<Run> unfinished) =>
        StoredScenarios.Load(batch, reader)
        ?? (unfinished.Any(run => run.Phase.MayHoldSlot()) ? StoredScenarios.LoadToRun(batch, reader) : null);

    private async Task<BatchClaim> TakeOverAsync(Workspace workspace, BatchRecord batch)
    {
        var until = time.GetUtcNow() + LongestWait;
        while (true)
        {
            if (BatchClaim.TryTake(workspace, batch.Id, time) is { } claim)
            {
                return claim;
            }

            if (time.GetUtcNow() > until)
            {
                var holder = BatchClaim.HolderOf(workspace, batch.Id);
                throw new UserErrorException($"{batch.Id}: {holder} drives it, was asked to leave it, and does not");
            }

            BatchClaim.AskToLeave(workspace, batch.Id);
            await Task.Delay(BetweenLooks, time);
        }
    }

    /// <returns>The runs whose task could not be ended, and why.</returns>
    private async Task<Dictionary<long, string>> EndTasksAsync(
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

        // An emulator of the driver's own is gone with the driver, and its tasks with it.
        if (keepRunning || tasks.Count == 0 || scenario is not { UsesEmulator: false })
        {
            return stuck;
        }

        // Only now is the key wanted, and every other variable that leads to the service.
        var reachable = StoredScenarios.LoadToRun(batch, reader);
        using var client = new TaskServiceClient(
            reachable.EndpointAt(),
            ServicePeer.ClientOptions(reachable.Plan.Limits),
            time
        );
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

    /// <summary>Deletes a task that is queued, interrupts any other; one that has ended or is not known needs nothing.</summary>
    private static async Task<ServiceFault?> EndTaskAsync(TaskServiceClient client, TaskId task)
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

        // It runs, or began to in between.
        var interrupted = await client.InterruptAsync(task, Interrupt.Execution, CancellationToken.None);
        return interrupted.IsSuccess || interrupted.Fault.Kind == FaultKind.Unknown ? null : interrupted.Fault;
    }

    private static string Tasks(IEnumerable<Run> runs, bool keepRunning) =>
        runs.Count(run => run.Phase == RunPhase.AtService) switch
        {
            0 => "the service had no task of it",
            1 => $"1 task at the service was {(keepRunning ? "left to run" : "ended")}",
            var n => $"{n} tasks at the service were {(keepRunning ? "left to run" : "ended")}",
        };
}
