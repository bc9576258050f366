using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Runs.Rules;
using AimmsOrchestrator.Domain.Settlement;
using AimmsOrchestrator.Domain.Settlement.Submits;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Batches.Cancellation;

/// <summary>Ends the tasks of a cancelled batch at the service, those of lost submits included.</summary>
/// <param name="runs">The batch's unfinished runs.</param>
/// <param name="targets">What a run's submit called.</param>
/// <param name="tasks">The tasks that the journal knows.</param>
/// <param name="service">Where the tasks are.</param>
/// <param name="lease">How long an earlier driver may have submitted unseen; null where it is dead.</param>
/// <param name="time">The clock.</param>
internal sealed class TaskEnding(
    UnfinishedRuns runs,
    Func<long, TaskTarget?> targets,
    ITaskIndex tasks,
    ITaskService service,
    TimeSpan? lease,
    TimeProvider time
)
{
    /// <summary>A gateway that restarts knows no task for a moment: only what is unknown once more after this is gone.</summary>
    private static readonly TimeSpan UntilAskedAgain = TimeSpan.FromSeconds(2);

    /// <returns>The runs whose task could not be ended, and why.</returns>
    public async Task<Dictionary<long, string>> EndAsync()
    {
        var stuck = await SettleAsync();
        var unknown = await EndAsync(runs.All.Where(IsAtService).Select(pair => pair.Key).ToList(), stuck);
        if (unknown.Count > 0)
        {
            await Task.Delay(UntilAskedAgain, time);
            await EndAsync(unknown, stuck);
        }

        return stuck;
    }

    private static bool IsAtService(KeyValuePair<long, Run> run) =>
        run.Value is { Phase: RunPhase.AtService, TaskId: not null };

    /// <summary>Ends the tasks of runs.</summary>
    /// <param name="indices">The runs.</param>
    /// <param name="stuck">Gets those whose task could not be ended, and why.</param>
    /// <returns>The runs whose task the service does not know.</returns>
    private async Task<List<long>> EndAsync(List<long> indices, Dictionary<long, string> stuck)
    {
        var unknown = new List<long>();
        foreach (var index in indices)
        {
            switch (await EndAsync(runs.All[index].TaskId!.Value))
            {
                case { Kind: FaultKind.Unknown }:
                    unknown.Add(index);
                    break;

                case { } fault:
                    stuck.Add(index, fault.Message);
                    break;
            }
        }

        return unknown;
    }

    /// <summary>Writes down what became of each lost submit.</summary>
    /// <returns>The runs about which the service could not be asked: asking later may help.</returns>
    private async Task<Dictionary<long, string>> SettleAsync()
    {
        var stuck = new Dictionary<long, string>();
        foreach (var index in runs.Lost)
        {
            await runs.AppendAsync(index, CancelledSubmitRules.Lose(runs.All[index], time.GetUtcNow()));
        }

        var list = new LostTasks(service, tasks, time);
        var found = await list.FindAsync([.. runs.Lost.Select(index => (runs.Reference(index), SubmitOf(index)))]);
        var undecided = list.Fault is { } fault
            ? $"the service's list cannot be read: {fault.Message}"
            : "the service's list did not show its task when the batch was cancelled";
        foreach (var index in runs.Lost)
        {
            var outcome = found.GetValueOrDefault(runs.Reference(index));
            if (outcome is null && list.Fault is { IsOutage: true })
            {
                stuck.Add(index, undecided);
                continue;
            }

            var settled = CancelledSubmitRules.Settle(runs.All[index], outcome, undecided, time.GetUtcNow());
            await runs.AppendAsync(index, settled);
        }

        return stuck;
    }

    private LostSubmit SubmitOf(long index)
    {
        var (now, run) = (time.GetUtcNow(), runs.All[index]);
        var intended = run.IntendedAt ?? now;
        var submit = run is { LostAt: { } lost, IsLostWithItsDriver: false }
            ? LostSubmit.Seen(targets(index), intended, lost)
            : LostSubmit.Of(targets(index), intended, run.LostAt ?? now);
        return lease is not null && run.IsLostWithItsDriver
            ? submit.InheritedBy(now, intended, SettlementPolicy.Default.After(lease).LateArrival)
            : submit;
    }

    /// <summary>Deletes a queued task and interrupts any other; one that has ended needs nothing.</summary>
    /// <returns>Why the task is not ended; null where it is.</returns>
    private async Task<ServiceFault?> EndAsync(TaskId task)
    {
        var state = await service.GetStateAsync(task, CancellationToken.None);
        if (!state.IsSuccess)
        {
            return state.Fault;
        }

        if (state.Value.State.IsEnded())
        {
            return null;
        }

        if (state.Value.State == TaskState.Queued)
        {
            var deleted = await service.DeleteAsync(task, CancellationToken.None);
            if (deleted.IsSuccess || deleted.Fault.Kind == FaultKind.Unknown)
            {
                return deleted.Fault;
            }
        }

        // It runs, or has begun to run since.
        var interrupted = await service.InterruptAsync(task, Interrupt.Execution, CancellationToken.None);
        return interrupted.Fault;
    }
}
