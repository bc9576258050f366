using AimmsOrchestrator.Batches.Catalog;
using AimmsOrchestrator.Batches.Execution;
using AimmsOrchestrator.Batches.Problems;
using AimmsOrchestrator.Batches.Services;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Workspaces;
using AimmsOrchestrator.Scenarios;

namespace AimmsOrchestrator.Batches.Hosting;

/// <summary>
/// Drives any number of batches of one workspace in this process: one actor system for all, one supervisor per batch. Safe
/// for many threads. What people set of a batch (<see cref="Control.BatchControls"/>) and its cancellation
/// (<see cref="Cancellation.BatchCancellation"/>) go through the journal, as for batches that other processes drive.
/// </summary>
public sealed class BatchHost : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<BatchId, DrivenBatch> _driven = [];
    private readonly IWorkspace _workspace;
    private readonly TimeProvider _time;
    private readonly Func<Scenario, TimeProvider, Task<ServicePeer>>? _connect;
    private readonly EngineHost _engine;
    private int _refused;
    private bool _isStopping;

    /// <param name="workspace">Where the batches live.</param>
    /// <param name="time">The clock.</param>
    /// <param name="connect">Connects to a scenario's service; over HTTP by default.</param>
    public BatchHost(
        IWorkspace workspace,
        TimeProvider time,
        Func<Scenario, TimeProvider, Task<ServicePeer>>? connect = null
    )
    {
        (_workspace, _time, _connect) = (workspace, time, connect);
        _engine = EngineHost.Start(time);
    }

    /// <summary>The batches that are driven now.</summary>
    public IReadOnlyList<DrivenBatch> Driven
    {
        get
        {
            lock (_lock)
            {
                return [.. _driven.Values];
            }
        }
    }

    /// <summary>How many entries the journal has refused of batches that this host drove, and that other processes had claimed by then.</summary>
    public int RefusedEntries => Volatile.Read(ref _refused);

    /// <summary>A batch that is driven now; null where this host does not drive it.</summary>
    public DrivenBatch? Find(BatchId batch)
    {
        lock (_lock)
        {
            return _driven.GetValueOrDefault(batch);
        }
    }

    /// <summary>Begins a scenario's batch: its latest one where that is unfinished and unchanged, a new one otherwise.</summary>
    /// <exception cref="JournalException">The workspace cannot be written.</exception>
    public Task<Result<DrivenBatch>> RunAsync(Scenario scenario, ScenarioRun run) =>
        DriveAsync(runner => runner.OpenAsync(scenario, run));

    /// <summary>Continues a batch that was left.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="scenario">As <see cref="StoredScenarios.LoadToRun"/> has it.</param>
    /// <param name="isAutomatic">Whether no person wants it: one that is to be cancelled is left then.</param>
    /// <exception cref="JournalException">The workspace cannot be written.</exception>
    public Task<Result<DrivenBatch>> ResumeAsync(BatchRecord batch, Scenario scenario, bool isAutomatic = false) =>
        DriveAsync(runner => runner.ResumeAsync(batch, scenario, isAutomatic));

    /// <summary>Runs again what failed of a batch, and only that.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="scenario">As <see cref="StoredScenarios.LoadToRun"/> has it.</param>
    /// <param name="selection">Which of its failed runs.</param>
    /// <exception cref="JournalException">The workspace cannot be written.</exception>
    public Task<Result<DrivenBatch>> RetryAsync(BatchRecord batch, Scenario scenario, RetrySelection selection) =>
        DriveAsync(runner => runner.RetryAsync(batch, scenario, selection));

    /// <summary>
    /// Leaves all batches once their submits under way are answered; tasks at the service are left alone. A batch that is
    /// begun meanwhile is left at once.
    /// </summary>
    public async Task StopAsync()
    {
        List<DrivenBatch> left;
        lock (_lock)
        {
            _isStopping = true;
            left = [.. _driven.Values];
        }

        left.ForEach(batch => batch.Leave());
        await Task.WhenAll(left.Select(batch => batch.Ended));
    }

    /// <summary>Stops, then ends the actor system.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _engine.DisposeAsync();
    }

    private async Task<Result<DrivenBatch>> DriveAsync(Func<BatchRunner, Task<Result<OpenedBatch>>> open)
    {
        var runner = new BatchRunner(_workspace, _time, connect: _connect);
        DrivenBatch? driven = null;
        try
        {
            var opened = await open(runner);
            if (!opened.IsSuccess)
            {
                return opened.Problem;
            }

            driven = new DrivenBatch(opened.Value);
            lock (_lock)
            {
                // One that this process has just left may not be forgotten yet.
                _driven[driven.Batch.Id] = driven;
                if (_isStopping)
                {
                    driven.Leave();
                }
            }

            driven.Begin(execute: interrupted => ExecuteAsync(runner, driven, interrupted), end: Forget);
            return driven;
        }
        finally
        {
            if (driven is null)
            {
                runner.Dispose();
            }
        }
    }

    /// <summary>The claim is given up before the batch counts as ended.</summary>
    private async Task<BatchOutcome> ExecuteAsync(BatchRunner runner, DrivenBatch driven, CancellationToken interrupted)
    {
        using (runner)
        {
            var outcome = await runner.ExecuteAsync(await _engine.EngineAsync(), driven.Progress, interrupted);
            Interlocked.Add(ref _refused, runner.RefusedEntries);
            return outcome;
        }
    }

    private void Forget(DrivenBatch driven)
    {
        lock (_lock)
        {
            if (_driven.GetValueOrDefault(driven.Batch.Id) == driven)
            {
                _driven.Remove(driven.Batch.Id);
            }
        }
    }
}
