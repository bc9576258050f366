using AimmsOrchestrator.Batches.Catalog;
using AimmsOrchestrator.Batches.Execution;
using AimmsOrchestrator.Batches.Problems;
using AimmsOrchestrator.Batches.Services;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Batches.Control;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Runs.Rules;
using AimmsOrchestrator.Domain.Settlement;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Domain.Workspaces;
using AimmsOrchestrator.Scenarios;
using AimmsOrchestrator.Scenarios.Profiles;

namespace AimmsOrchestrator.Batches.Cancellation;

/// <summary>
/// Cancels a batch: asks the process that drives it to leave it, then deletes its queued tasks at the service,
/// interrupts the others, and writes down what became of each run.
/// </summary>
/// <param name="workspace">Where the batch lives.</param>
/// <param name="time">The clock.</param>
/// <param name="connect">Connects to a scenario's service; over HTTP by default.</param>
/// <param name="profiles">Where the keys of profiles are; null for the files named <c>services.yaml</c>.</param>
public sealed class BatchCancellation(
    IWorkspace workspace,
    TimeProvider time,
    Func<Scenario, TimeProvider, ServicePeer>? connect = null,
    ServiceProfiles? profiles = null
)
{
    /// <summary>A driver waits for the answers of its submits before it leaves: the transfer timeout plus a margin.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan BetweenPolls = TimeSpan.FromMilliseconds(200);

    private readonly Func<Scenario, TimeProvider, ServicePeer> _connect = connect ?? ServicePeer.Connect;

    /// <summary>A batch that its driver left as cancelled is not over before its tasks are ended.</summary>
    public static bool IsOver(BatchRecord batch, IJournalReader reader) =>
        batch.End switch
        {
            BatchEnd.AllRunsEnded => true,
            BatchEnd.Cancelled => reader.Unfinished(batch.Number).Count == 0,
            _ => false,
        };

    /// <summary>
    /// Writes down that a batch is to be cancelled. Where this process ends before it did so, the next one that comes to the batch by
    /// itself cancels it, and does not continue it.
    /// </summary>
    /// <param name="batch">The batch.</param>
    /// <param name="keepRunning">Whether the tasks at the service are left alone.</param>
    /// <param name="author">Who wants it, for people.</param>
    public async Task AskAsync(BatchRecord batch, bool keepRunning, string author)
    {
        using var reader = workspace.OpenReader();
        if (!IsOver(batch, reader))
        {
            var asked = ControlLog.Cancelling(keepRunning, time.GetUtcNow(), author);
            using var writer = workspace.OpenWriter();
            await writer.AppendAsync([new ControlsSet(batch.Number, [asked])]);
        }
    }

    /// <summary>Cancels a batch as <see cref="AskAsync"/> says, unless a person has resumed it since.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="cancellation">Ends the waiting for the process that drives the batch.</param>
    public async Task<Result<CancelledBatch>> CancelAsync(BatchRecord batch, CancellationToken cancellation = default)
    {
        using var reader = workspace.OpenReader();
        if (IsOver(batch, reader))
        {
            return new CancelledBatch(batch, WasOver: true, TasksAtService: 0);
        }

        var taken = await TakeOverAsync(batch, reader, cancellation);
        if (!taken.IsSuccess)
        {
            return taken.Problem is BatchProblem.Over over
                ? new CancelledBatch(over.Batch, WasOver: true, TasksAtService: 0)
                : taken.Problem;
        }

        using var claim = taken.Value;
        using var writer = workspace.OpenWriter();
        var (now, asked) = (reader.Find(batch.Id.Value) ?? batch, reader.Controls(batch.Number));
        if (IsOver(now, reader))
        {
            // Its driver may have left it with nothing to end, since it was asked to.
            await CarriedOutAsync(batch, writer, asked);
            return HasJustComeAbout(now, asked)
                ? new CancelledBatch(now, WasOver: false, TasksAtService: 0) { KeptRunning = asked.KeepsRunning }
                : new CancelledBatch(now, WasOver: true, TasksAtService: 0);
        }

        if (IsTakenBack(now, asked))
        {
            return new BatchProblem.CancelTakenBack(batch.Id);
        }

        var unfinished = reader
            .Unfinished(batch.Number)
            .ToDictionary(pair => pair.Key, pair => Run.FromEvents(pair.Value));
        var loaded = LoadScenario(batch, reader, unfinished.Values);
        if (loaded is { IsSuccess: false, Problem: { } broken })
        {
            return broken;
        }

        var scenario = loaded?.Value;
        var runs = new UnfinishedRuns(
            batch.Number,
            claim.Epoch,
            writer,
            scenario is null ? null : index => scenario.Plan.Runs.From(index).First()
        ).With(unfinished);
        var stuck = await EndTasksAsync(batch, reader, scenario, asked.KeepsRunning, runs, claim.Lifetime);
        return stuck.IsSuccess
            ? await RecordAsync(batch, writer, claim.Epoch, runs, stuck.Value, asked)
            : stuck.Problem;
    }

    /// <summary>Writes the runs whose tasks are ended as cancelled, and the batch too if no task is left.</summary>
    private async Task<Result<CancelledBatch>> RecordAsync(
        BatchRecord batch,
        IJournalWriter writer,
        long epoch,
        UnfinishedRuns runs,
        Dictionary<long, string> stuck,
        ControlLog asked
    )
    {
        var at = time.GetUtcNow();
        var atService = runs.All.Values.Count(run => run.Phase == RunPhase.AtService);
        var cancel = new RunCommand.Cancel(asked.KeepsRunning);
        foreach (var index in runs.All.Keys.Where(index => !stuck.ContainsKey(index)).ToList())
        {
            await runs.AppendAsync(index, RunCommandRules.Decide(runs.All[index], cancel, at));
        }

        if (stuck.Count > 0)
        {
            var first = stuck.First();
            var problem = new BatchProblem.TasksNotEnded(batch.Id, stuck.Count, first.Key, first.Value);
            await writer.AppendAsync([Warned(ProblemSentence.Of(problem))]);
            return problem;
        }

        JournalEntry[] ended =
        [
            new BatchEnded(batch.Number, BatchEnd.Cancelled, "cancelled", at) { Epoch = epoch },
            Warned(message: null),
        ];
        UnfinishedRuns.ThrowIfFenced(await writer.AppendAsync(ended));
        await CarriedOutAsync(batch, writer, asked);
        return new CancelledBatch(batch, WasOver: false, atService)
        {
            AmbiguousSubmits = runs.All.Values.Count(run => run.Settled == SettlementVerdict.Ambiguous),
            KeptRunning = asked.KeepsRunning,
        };

        BatchWarned Warned(string? message) => new(batch.Number, "cancel", message, at) { Epoch = epoch };
    }

    /// <summary>
    /// A cancel that has come about is in force no longer: a later retry, by whatever version, is not cancelled. Only once the end is
    /// written: people's settings need no claim, and would be written beside an end that is refused.
    /// </summary>
    private async Task CarriedOutAsync(BatchRecord batch, IJournalWriter writer, ControlLog asked)
    {
        if (asked.TakeBack(time.GetUtcNow()) is { Count: > 0 } back)
        {
            await writer.AppendAsync([new ControlsSet(batch.Number, back)]);
        }
    }

    /// <summary>One that its driver has left as cancelled is cancelled in any case.</summary>
    private static bool IsTakenBack(BatchRecord now, ControlLog asked) =>
        asked.Cancel is null && now.End != BatchEnd.Cancelled;

    /// <summary>Whether the cancel in force has ended the batch: its end is written first, and then that the cancel is in force no longer.</summary>
    private static bool HasJustComeAbout(BatchRecord now, ControlLog asked) =>
        asked.Cancel is not null && now.End == BatchEnd.Cancelled;

    /// <summary>Null where no run may have a task at the service; a scenario that cannot be read is a problem otherwise.</summary>
    private Result<Scenario>? LoadScenario(BatchRecord batch, IJournalReader reader, IEnumerable<Run> unfinished)
    {
        if (StoredScenarios.Load(batch, reader) is { } scenario)
        {
            return scenario;
        }

        if (!unfinished.Any(run => run.Phase.MayHoldSlot()))
        {
            return null;
        }

        return StoredScenarios.LoadToRun(batch, reader, profiles: profiles);
    }

    private async Task<Result<IBatchClaim>> TakeOverAsync(
        BatchRecord batch,
        IJournalReader reader,
        CancellationToken cancellation
    )
    {
        var since = time.GetTimestamp();
        while (true)
        {
            if (workspace.TryClaim(batch, time) is { } claim)
            {
                return Result<IBatchClaim>.Of(claim);
            }

            var isLate = time.GetElapsedTime(since) > LongestWait;
            // In the reverse of the order in which another cancel writes them: one that came about is not one that was taken back.
            var asked = reader.Controls(batch.Number);
            var now = reader.Find(batch.Id.Value) ?? batch;
            if (IsOver(now, reader) && (isLate || !HasJustComeAbout(now, asked)))
            {
                return new BatchProblem.Over(now);
            }

            if (isLate)
            {
                var holder = workspace.HolderOf(batch.Id);
                return new BatchProblem.DrivenElsewhere(batch.Id, holder, WasAskedToLeave: true);
            }

            if (IsTakenBack(now, asked))
            {
                return new BatchProblem.CancelTakenBack(batch.Id);
            }

            workspace.AskToLeave(batch.Id);
            await Task.Delay(BetweenPolls, time, cancellation);
        }
    }

    /// <returns>The runs whose task could not be ended, and why.</returns>
    private async Task<Result<Dictionary<long, string>>> EndTasksAsync(
        BatchRecord batch,
        IJournalReader reader,
        Scenario? scenario,
        bool keepRunning,
        UnfinishedRuns runs,
        TimeSpan? lease
    )
    {
        // The driver's own emulator ended with the driver, and its tasks with it.
        if (scenario is not { UsesEmulator: false } || !runs.All.Values.Any(run => run.Phase.MayHoldSlot()))
        {
            return new Dictionary<long, string>();
        }

        if (keepRunning)
        {
            await LeaveOpenAsync(runs);
            return new Dictionary<long, string>();
        }

        // Only now are the key and the other variables that lead to the service needed.
        var loaded = StoredScenarios.LoadToRun(batch, reader, profiles: profiles);
        if (!loaded.IsSuccess)
        {
            return loaded.Problem;
        }

        using var tasks = workspace.OpenTaskIndex(batch.Number);
        await using var peer = _connect(loaded.Value, time);
        return await new TaskEnding(runs, Target, tasks, peer.Service, lease, time).EndAsync();

        TaskTarget? Target(long index) => loaded.Value.Plan.Runs.From(index).First().Request?.Target;
    }

    /// <summary>The service is not asked: whatever a lost submit became runs on, and belongs to no other run.</summary>
    private async Task LeaveOpenAsync(UnfinishedRuns runs)
    {
        const string Unasked = "the batch was cancelled and its tasks left to run";
        foreach (var index in runs.Lost)
        {
            await runs.AppendAsync(index, CancelledSubmitRules.Lose(runs.All[index], time.GetUtcNow()));
            var settled = CancelledSubmitRules.Settle(runs.All[index], outcome: null, Unasked, time.GetUtcNow());
            await runs.AppendAsync(index, settled);
        }
    }
}
