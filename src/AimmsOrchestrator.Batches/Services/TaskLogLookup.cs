using AimmsOrchestrator.Batches.Catalog;
using AimmsOrchestrator.Batches.Problems;
using AimmsOrchestrator.Batches.Services;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Domain.Workspaces;
using AimmsOrchestrator.Scenarios;

namespace AimmsOrchestrator.Batches.Services;

/// <summary>The log of a run's task: from the journal, otherwise from the service, which is asked once.</summary>
/// <param name="workspace">Where the batch lives.</param>
/// <param name="time">The clock.</param>
/// <param name="connect">Connects to a scenario's service; over HTTP by default.</param>
public sealed class TaskLogLookup(
    IWorkspace workspace,
    TimeProvider time,
    Func<Scenario, TimeProvider, ServicePeer>? connect = null
)
{
    private readonly Func<Scenario, TimeProvider, ServicePeer> _connect = connect ?? ServicePeer.Connect;

    /// <param name="batch">The batch.</param>
    /// <param name="run">One of its runs.</param>
    /// <param name="cancellation">Ends the request.</param>
    public async Task<Result<StoredLog>> FindAsync(BatchRecord batch, RunRecord run, CancellationToken cancellation)
    {
        using var reader = workspace.OpenReader();
        if (reader.Log(batch.Number, run.Index) is { } kept && kept.Task == (run.TaskId ?? kept.Task))
        {
            return kept;
        }

        if (run.ReusedFrom is { } source)
        {
            return new BatchProblem.NoLog(batch.Id, run, $"its response is the one of {source}, which has the task");
        }

        if (run.TaskId is not { } task)
        {
            return new BatchProblem.NoLog(batch.Id, run, "it has no task at the service");
        }

        // Only now are the key and the other variables that lead to the service needed.
        var loaded = StoredScenarios.LoadToRun(batch, reader);
        if (!loaded.IsSuccess)
        {
            return loaded.Problem;
        }

        if (loaded.Value.UsesEmulator)
        {
            return new BatchProblem.NoLog(batch.Id, run, "the emulator ended with its batch");
        }

        await using var peer = _connect(loaded.Value, time);
        if (peer.Logs is not { MayHaveLogs: true } logs)
        {
            return new BatchProblem.NoLog(batch.Id, run, "a service on localhost keeps no logs of its tasks");
        }

        var reply = await logs.GetLogAsync(task, cancellation);
        if (!reply.IsSuccess)
        {
            return Missing(batch, run, reply.Fault);
        }

        var log = new StoredLog(task, reply.Value, time.GetUtcNow());
        await KeepAsync(batch, run, log);
        return log;
    }

    private static BatchProblem.NoLog Missing(BatchRecord batch, RunRecord run, ServiceFault fault) =>
        fault.Kind == FaultKind.Unknown
            ? new(
                batch.Id,
                run,
                "the service has no log of its task: it waits in the queue, was removed, or is of an older version"
            )
            : new(batch.Id, run, $"its log cannot be had: {fault.Message}", IsOfService: true);

    /// <summary>Keeps the log of a task that has ended, unless another process drives the batch.</summary>
    private async Task KeepAsync(BatchRecord batch, RunRecord run, StoredLog log)
    {
        if (!run.Phase.IsEnded())
        {
            return;
        }

        using var claim = workspace.TryClaim(batch, time);
        if (claim is not null)
        {
            using var writer = workspace.OpenWriter();
            var entry = new TaskLogRead(batch.Number, run.Index, log.Task, log.Text, log.At);
            await writer.AppendAsync([entry with { Epoch = claim.Epoch }]);
        }
    }
}
