using AimmsOrchestrator.Batches.Catalog;
using AimmsOrchestrator.Batches.Execution;
using AimmsOrchestrator.Batches.Hosting;
using AimmsOrchestrator.Batches.Problems;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Cluster;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Progress;
using AimmsOrchestrator.Domain.Workspaces;
using AimmsOrchestrator.Scenarios;
using AimmsOrchestrator.Scenarios.Loading;
using AimmsOrchestrator.Server.Access;
using AimmsOrchestrator.Server.Settings;
using Microsoft.Extensions.Logging;

namespace AimmsOrchestrator.Server.Fleet;

/// <summary>
/// Drives the batches of the workspace: what is submitted, and whatever is unfinished and driven by no process, once at the
/// start and every few seconds after. Safe for many threads.
/// </summary>
internal sealed partial class BatchFleet : IAsyncDisposable
{
    private static readonly TimeSpan BetweenRounds = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromMinutes(5);

    /// <summary>Beyond that, logs of failed tasks are being read: a retry is refused then.</summary>
    private static readonly TimeSpan LongestEnding = TimeSpan.FromSeconds(10);

    /// <summary>One who cancels elsewhere waits for the driver for two minutes, and ends the tasks then.</summary>
    private static readonly TimeSpan BeforeRest = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan BetweenRests = TimeSpan.FromMinutes(1);

    private readonly IWorkspace _workspace;
    private readonly IClusterView? _cluster;
    private readonly ServerSettings _settings;
    private readonly TimeProvider _time;
    private readonly QuotaPauses _pauses;
    private readonly EndNotifications _notifications;
    private readonly ILogger<BatchFleet> _log;
    private readonly Rounds _rounds;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _restAt;

    public BatchFleet(
        ServerOptions options,
        ResponseQuota quota,
        QuotaPauses pauses,
        EndNotifications notifications,
        TimeProvider time,
        ILogger<BatchFleet> log,
        IClusterView? cluster = null
    )
    {
        (_workspace, _settings, _time, _log) = (options.Workspace, options.Settings, time, log);
        (_pauses, _notifications, _cluster) = (pauses, notifications, cluster);
        Quota = quota;
        Backoff = new Backoff(BetweenRounds, LongestBackoff, time);
        Host = new BatchHost(_workspace, time);
        _rounds = new Rounds(BetweenRounds, RoundAsync, log, time);
        Cancellations = new Cancellations(_workspace, _settings.Services, time, log, _rounds.Stopping);
    }

    /// <summary>The batches that this process drives.</summary>
    public BatchHost Host { get; }

    /// <summary>What owners may have stored.</summary>
    public ResponseQuota Quota { get; }

    /// <summary>The batches that could not be driven.</summary>
    public Backoff Backoff { get; }

    /// <summary>The batches that are cancelled.</summary>
    public Cancellations Cancellations { get; }

    /// <summary>Whether the unfinished batches have been taken up once.</summary>
    public bool IsReady => Ready.IsCompleted;

    /// <summary>Complete once they have been.</summary>
    public Task Ready => _ready.Task;

    /// <summary>Whether it leaves its batches, and begins none.</summary>
    public bool IsStopping => _rounds.Stopping.IsCancellationRequested;

    /// <summary>Takes up what is unfinished, and goes on to do so; in a cluster that is the cluster's to do.</summary>
    public void Start() => _rounds.Start();

    /// <summary>Opens a scenario's batch.</summary>
    public async Task<Result<DrivenBatch>> SubmitAsync(Scenario scenario, ScenarioRun run)
    {
        var driven = await Host.RunAsync(scenario, run);
        return driven.IsSuccess ? Followed(driven.Value) : driven;
    }

    /// <summary>Continues a batch that was left.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="isAutomatic">Whether no person wants it: one that is to be cancelled is left then.</param>
    public async Task<Result<DrivenBatch>> ResumeAsync(BatchRecord batch, bool isAutomatic = false)
    {
        using var reader = _workspace.OpenReader();
        var scenario = StoredScenarios.LoadToRun(batch, reader, profiles: _settings.Services);
        if (!scenario.IsSuccess)
        {
            return scenario.Problem;
        }

        var driven = await Host.ResumeAsync(batch, scenario.Value, isAutomatic);
        return driven.IsSuccess ? Followed(driven.Value) : driven;
    }

    /// <summary>Runs again what failed of a batch.</summary>
    public async Task<Result<DrivenBatch>> RetryAsync(BatchRecord batch, RetrySelection selection)
    {
        if (batch.End == BatchEnd.AllRunsEnded && Host.Find(batch.Id) is { } ending)
        {
            // Its end is known before it is left: one who has learned it can ask for this at once.
            await Task.WhenAny(ending.Ended, Task.Delay(LongestEnding, _time));
        }

        using var reader = _workspace.OpenReader();
        var scenario = StoredScenarios.LoadToRun(batch, reader, profiles: _settings.Services);
        if (!scenario.IsSuccess)
        {
            return scenario.Problem;
        }

        var driven = await Host.RetryAsync(batch, scenario.Value, selection);
        return driven.IsSuccess ? Followed(driven.Value) : driven;
    }

    /// <summary>Leaves all batches once their submits under way are answered, and hands each one over to the cluster.</summary>
    public async Task StopAsync()
    {
        var rounds = _rounds.StopAsync();
        var handedOver = Host.Driven.Select(HandOverAsync).ToList();
        await Host.StopAsync();
        await Task.WhenAll(handedOver);
        await rounds;
    }

    private async Task HandOverAsync(DrivenBatch driven)
    {
        await driven.Ended;
        if (driven.Outcome.IsCompletedSuccessfully && (await driven.Outcome).End == BatchEnd.Interrupted)
        {
            _cluster?.HandOver(new LeftBatch(driven.Batch.Number, driven.Epoch, IsGivenUp: true));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await Host.DisposeAsync();
        await _rounds.DisposeAsync();
    }

    private async Task RoundAsync()
    {
        if (!IsReady || _time.GetElapsedTime(_restAt) >= BetweenRests)
        {
            Cancellations.Continue(_time.GetUtcNow() - (IsReady ? BeforeRest : TimeSpan.Zero));
            _restAt = _time.GetTimestamp();
        }

        if (_cluster is null)
        {
            await TakeUpAsync();
        }

        await _pauses.ApplyAsync(Host.Driven.Select(driven => driven.Batch));
        _ready.TrySetResult();
    }

    /// <summary>A batch that stopped for a reason of its own is left to people, and one that is to be cancelled is not continued.</summary>
    private async Task TakeUpAsync()
    {
        using var reader = _workspace.OpenReader();
        var left = reader.Batches().Where(batch => batch.End is null or BatchEnd.Interrupted).Reverse();
        foreach (var batch in left.TakeWhile(_ => !_rounds.Stopping.IsCancellationRequested))
        {
            if (Host.Find(batch.Id) is null && Backoff.IsDue(batch.Id) && _workspace.HolderOf(batch.Id) is null)
            {
                try
                {
                    await TakeUpAsync(batch, reader);
                }
                catch (JournalException e) when (!e.IsPassing)
                {
                    // What is wrong with one batch keeps no other one waiting.
                    Backoff.Postpone(batch.Id, e.Message);
                    LogProblem(batch.Id, e.Message);
                }
            }
        }
    }

    private async Task TakeUpAsync(BatchRecord batch, IJournalReader reader)
    {
        if (reader.Controls(batch.Number).Cancel is not null)
        {
            return;
        }

        var resumed = await ResumeAsync(batch, isAutomatic: true);
        if (resumed.IsSuccess)
        {
            LogTakenUp(batch.Id);
        }
        else if (
            resumed.Problem is not (BatchProblem.Over or BatchProblem.DrivenElsewhere or BatchProblem.ToBeCancelled)
        )
        {
            var why = ProblemSentence.Of(resumed.Problem);
            Backoff.Postpone(batch.Id, why);
            LogProblem(batch.Id, why);
        }
    }

    private DrivenBatch Followed(DrivenBatch driven)
    {
        _ = LogEndAsync(driven);
        _ = LogFailuresAsync(driven);
        _notifications.Follow(driven);
        return driven;
    }

    /// <summary>Those that progress shows: of many at once the last few.</summary>
    private async Task LogFailuresAsync(DrivenBatch driven)
    {
        IReadOnlyList<RunFailure> seen = [];
        await foreach (var progress in driven.FollowAsync())
        {
            foreach (var failure in progress.Failures.Except(seen))
            {
                LogRunFailure(driven.Batch.Id, failure.Name, failure.Message);
            }

            seen = progress.Failures;
        }
    }

    private async Task LogEndAsync(DrivenBatch driven)
    {
        try
        {
            var outcome = await driven.Outcome;
            if (outcome.End is BatchEnd.JournalLost or BatchEnd.Bug)
            {
                Backoff.Postpone(driven.Batch.Id, outcome.Reason!);
            }
            else
            {
                Backoff.Forget(driven.Batch.Id);
            }

            // A journal is also lost to another process that has taken the batch over, which is no error.
            LogEnd(
                outcome.End == BatchEnd.Bug ? LogLevel.Error : LogLevel.Information,
                outcome.Bug,
                driven.Batch.Id,
                Text(outcome),
                outcome.Tally.Completed,
                outcome.Tally.Failed
            );
        }
        catch (JournalException e)
        {
            Backoff.Postpone(driven.Batch.Id, e.Message);
            LogProblem(driven.Batch.Id, e.Message);
        }
        catch (Exception e)
        {
            Backoff.Postpone(driven.Batch.Id, e.Message);
            LogFailure(e, driven.Batch.Id);
        }
    }

    private static string Text(BatchOutcome outcome) =>
        outcome.Reason is { } reason ? $"{outcome.End} ({reason})" : outcome.End.ToString();

    [LoggerMessage(Level = LogLevel.Information, Message = "{Batch} is taken up")]
    private partial void LogTakenUp(BatchId batch);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Batch}: {Problem}")]
    private partial void LogProblem(BatchId batch, string problem);

    [LoggerMessage(Message = "{Batch} was left: {End}, {Completed} completed, {Failed} failed")]
    private partial void LogEnd(LogLevel level, Exception? bug, BatchId batch, string end, long completed, long failed);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Batch}: run {Run} failed: {Reason}")]
    private partial void LogRunFailure(BatchId batch, string run, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Batch} cannot be driven")]
    private partial void LogFailure(Exception exception, BatchId batch);
}
