using System.Diagnostics.CodeAnalysis;
using AimmsOrchestrator.Batches.Catalog;
using AimmsOrchestrator.Batches.Control;
using AimmsOrchestrator.Batches.Hooks;
using AimmsOrchestrator.Batches.Planning;
using AimmsOrchestrator.Batches.Problems;
using AimmsOrchestrator.Batches.Services;
using AimmsOrchestrator.Domain.Accounts;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Progress;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Domain.Workspaces;
using AimmsOrchestrator.Engine;
using AimmsOrchestrator.Scenarios;
using AimmsOrchestrator.Scenarios.Emulation;

namespace AimmsOrchestrator.Batches.Execution;

/// <summary>
/// Opens one batch and executes it in this process; several may live side by side. Disposing of it gives up the claim:
/// the batch is left for good then, and any process may resume it.
/// </summary>
public sealed class BatchRunner : IDisposable
{
    /// <summary>Tasks of earlier batches that say how long tasks take.</summary>
    private const int MostEarlierTasks = 500;

    private static readonly TimeSpan BetweenPolls = TimeSpan.FromMilliseconds(300);

    private readonly IWorkspace _workspace;
    private readonly TimeProvider _time;
    private readonly Func<Scenario, TimeProvider, Task<ServicePeer>> _connect;
    private readonly IJournalWriter _writer;
    private readonly IJournalReader _reader;
    private OpenedBatch? _opened;
    private OwnServices? _own;

    /// <param name="workspace">Where batches live.</param>
    /// <param name="time">The clock.</param>
    /// <param name="wrap">What stands before the journal; nothing by default.</param>
    /// <param name="connect">Connects to a scenario's service; over HTTP by default.</param>
    public BatchRunner(
        IWorkspace workspace,
        TimeProvider time,
        Func<IJournalWriter, IJournalWriter>? wrap = null,
        Func<Scenario, TimeProvider, Task<ServicePeer>>? connect = null
    )
    {
        _workspace = workspace;
        _time = time;
        _connect = connect ?? ((scenario, clock) => ServicePeer.ConnectAsync(scenario, _own!, clock));
        var writer = workspace.OpenWriter();
        _writer = wrap?.Invoke(writer) ?? writer;
        _reader = workspace.OpenReader();
    }

    /// <summary>How many entries of the execution the journal refused, since another process has claimed the batch.</summary>
    public int RefusedEntries { get; private set; }

    private BatchOpener Opener => new(_workspace, _writer, _reader, _time);

    /// <summary>Opens a scenario's batch: its latest one where that is unfinished and unchanged, a new one otherwise.</summary>
    public async Task<Result<OpenedBatch>> OpenAsync(Scenario scenario, ScenarioRun run) =>
        OpenServices(scenario) ?? Opened(await Opener.OpenAsync(scenario, run));

    /// <summary>Opens a batch that was left.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="scenario">As <see cref="StoredScenarios.LoadToRun"/> has it.</param>
    /// <param name="isAutomatic">Whether no person wants it: one that is to be cancelled is left then.</param>
    public async Task<Result<OpenedBatch>> ResumeAsync(
        BatchRecord batch,
        Scenario scenario,
        bool isAutomatic = false
    ) => OpenServices(scenario) ?? Opened(await Opener.ResumeAsync(batch, scenario, isAutomatic));

    /// <summary>Opens a batch to run again what failed, and only that.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="scenario">As <see cref="StoredScenarios.LoadToRun"/> has it.</param>
    /// <param name="selection">Which of its failed runs.</param>
    public async Task<Result<OpenedBatch>> RetryAsync(BatchRecord batch, Scenario scenario, RetrySelection selection) =>
        OpenServices(scenario) ?? Opened(await Opener.RetryAsync(batch, scenario, selection));

    /// <summary>How much of the opened batch's plan has results already; null where the workspace has none at all.</summary>
    public PlanStatus? LookUpResults()
    {
        if (_opened is not { } opened || !_reader.HasResults())
        {
            return null;
        }

        using var results = OpenResults(opened);
        return PlanStatus.Of(opened.Scenario.Plan, results);
    }

    /// <summary>Executes the opened batch until it ends or is left.</summary>
    /// <param name="engine">Where it is executed.</param>
    /// <param name="observer">Gets its progress.</param>
    /// <param name="interrupted">Leaves the batch once the submits under way are answered; tasks at the service are left alone.</param>
    /// <param name="only">How many of the batch's first runs are wanted; null for all.</param>
    /// <exception cref="HookPortException">The port for the service's calls cannot be listened on; nothing was sent.</exception>
    public async Task<BatchOutcome> ExecuteAsync(
        BatchEngine engine,
        IBatchObserver observer,
        CancellationToken interrupted,
        long? only = null
    )
    {
        var opened = _opened ?? throw new InvalidOperationException("No batch was opened.");
        using var results = OpenResults(opened);
        using var tasks = _workspace.OpenTaskIndex(opened.Batch.Number);
        using var book = _workspace.OpenServiceBook();
        await using var hooks = await ListenAsync(opened.Scenario);
        using var marks = _workspace.OpenMarks(opened.Batch.Id);
        using var controls = _workspace.OpenReader();
        var follower = new ControlFollower(controls, opened.Batch.Number, opened.Scenario.Plan.Limits);
        var (control, warning) = follower.Begin();
        var plan = opened.Scenario.Plan with
        {
            Limits = control.Limits,
            Results = new MarkedResultReader(opened.Scenario.Plan.Results, marks),
        };
        await using var service = await _connect(opened.Scenario, _time);
        var earlier = Task.Run(() => ReadTaskTimes(opened.Scenario), CancellationToken.None);
        var assignment = new BatchAssignment
        {
            Batch = opened.Batch.Number,
            Epoch = opened.Claim.Epoch,
            Lease = opened.Claim,
            Plan = plan,
            // An emulator of the batch's own is shared with no other batch.
            Account = opened.Scenario.UsesEmulator
                ? null
                : new AccountAssignment(ServiceAccount.NameOf(opened.Batch.ServiceAddress), book),
            PausedSince = control.PausedSince,
            Resume = opened.Resume with { Only = only },
            Service = service.Service,
            Solves = service.Solves,
            Hooks = hooks?.Hooks,
            Earlier = earlier,
            Writer = _writer,
            History = _reader,
            ResultCache = results,
            Tasks = tasks,
        };
        var execution = engine.Start(assignment);
        execution.WarnOfSettings(warning);
        var driven = DriveAsync(execution, follower, observer, interrupted);
        await Task.WhenAll(driven, earlier);
        var outcome = await driven;

        // Until here the execution wrote to the journal, and a writer is for one thread at a time.
        if (outcome.End == BatchEnd.Bug)
        {
            await KeepBugAsync(opened, outcome.Reason!);
        }
        else if (outcome.End is not (BatchEnd.JournalLost or BatchEnd.Cancelled))
        {
            await ReadLogsAsync(opened, service, interrupted);
        }

        return outcome;
    }

    public void Dispose()
    {
        _opened?.Claim.Dispose();
        _own?.Dispose();
        _reader.Dispose();
        _writer.Dispose();
    }

    private async Task<BatchOutcome> DriveAsync(
        BatchExecution started,
        ControlFollower follower,
        IBatchObserver observer,
        CancellationToken interrupted
    )
    {
        await using var execution = started;
        await using var interruption = interrupted.Register(() =>
            execution.Detach(new BatchStop(BatchEnd.Interrupted, "interrupted"))
        );
        await Task.WhenAll(execution.FollowAsync(observer), ObeyAsync(_opened!.Claim, follower, execution));
        RefusedEntries = execution.RefusedEntries;
        return await execution.Outcome;
    }

    /// <summary>Why an execution failed that could not write its end: the batch would seem to have been interrupted.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "What failed may be the journal: the outcome has the bug.")]
    private async Task KeepBugAsync(OpenedBatch opened, string bug)
    {
        try
        {
            var warned = new BatchWarned(opened.Batch.Number, "execution", bug, _time.GetUtcNow());
            await _writer.AppendAsync([warned with { Epoch = opened.Claim.Epoch }]);
        }
        catch (Exception)
        {
            // The outcome has it in any case.
        }
    }

    /// <summary>Reads the logs of failed tasks; a batch that is interrupted or wanted elsewhere leaves that to `logs`.</summary>
    private async Task ReadLogsAsync(OpenedBatch opened, ServicePeer service, CancellationToken interrupted)
    {
        if (service.Logs is not { } logs || interrupted.IsCancellationRequested)
        {
            return;
        }

        var between = opened.Scenario.Plan.Limits.Requests is { } rate ? rate.Period / rate.Count : TimeSpan.Zero;
        var failed = new FailedTaskLogs(logs, _writer, _reader, _time)
        {
            IsWanted = () => !opened.Claim.IsAskedToLeave,
        };
        try
        {
            await failed.ReadAsync(opened.Batch.Number, opened.Claim.Epoch, between, interrupted);
        }
        catch (JournalException)
        {
            // How the batch ended is on disk; `logs` reads what is missing.
        }
    }

    /// <summary>Opens the scenario's own services before its batch: no batch comes into being that has nothing to replay.</summary>
    /// <returns>What is wrong with them; null where nothing is.</returns>
    private Result<OpenedBatch>? OpenServices(Scenario scenario)
    {
        _own?.Dispose();
        var own = OwnServices.Open(scenario.UsesEmulator ? scenario.Emulator : EmulatedServices.None, _workspace);
        _own = own.Value;
        if (own.IsSuccess)
        {
            return null;
        }

        return own.Problem;
    }

    /// <summary>Listens for the service's calls; null where it makes none.</summary>
    private async Task<HookReceiver?> ListenAsync(Scenario scenario) =>
        scenario is { HasHooks: true, Plan.Poll.Hook: { } hook } ? await HookReceiver.StartAsync(hook, _time) : null;

    /// <summary>Beside other work: polls are planned without it until it is there.</summary>
    private IReadOnlyList<TaskTimes> ReadTaskTimes(Scenario scenario)
    {
        if (!scenario.Plan.Poll.IsAdaptive)
        {
            return [];
        }

        try
        {
            using var reader = _workspace.OpenReader();
            return reader.TaskTimes(scenario.ServiceAddress(), scenario.ServiceName, MostEarlierTasks);
        }
        catch (JournalException)
        {
            // Whatever is wrong with the journal, its writer will say.
            return [];
        }
    }

    private IResultCache OpenResults(OpenedBatch opened) =>
        _workspace.OpenResultCache(
            opened.Batch.Number,
            opened.Batch.IsFresh,
            opened.Scenario.Plan.TimeLimits.LongestSolve
        );

    private Result<OpenedBatch> Opened(Result<OpenedBatch> result)
    {
        _opened = result.Value;
        return result;
    }

    /// <summary>Leaves the batch when another process cancels it; pauses, continues and keeps other limits when one says so.</summary>
    private async Task ObeyAsync(IBatchClaim claim, ControlFollower follower, BatchExecution execution)
    {
        using var timer = new PeriodicTimer(BetweenPolls, _time);
        while (!execution.Outcome.IsCompleted)
        {
            await Task.WhenAny(execution.Outcome, timer.WaitForNextTickAsync().AsTask());
            if (claim.IsAskedToLeave && !follower.IsCancelTakenBack())
            {
                execution.Detach(new BatchStop(BatchEnd.Cancelled, "cancelled"));
                return;
            }

            if (follower.Next() is (var control, var warning))
            {
                execution.Apply(control);
                execution.WarnOfSettings(warning);
            }
        }
    }
}
