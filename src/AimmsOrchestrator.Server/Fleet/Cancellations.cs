using System.Collections.Concurrent;
using AimmsOrchestrator.Batches.Cancellation;
using AimmsOrchestrator.Batches.Problems;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Workspaces;
using AimmsOrchestrator.Scenarios.Profiles;
using Microsoft.Extensions.Logging;

namespace AimmsOrchestrator.Server.Fleet;

/// <summary>
/// Cancels batches beside other work: what callers ask for, and what an earlier process was asked for and did not do. Safe for many
/// threads.
/// </summary>
/// <param name="workspace">Where the batches live.</param>
/// <param name="profiles">Where the keys of profiles are; null for the files named <c>services.yaml</c>.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Keeps what goes wrong.</param>
/// <param name="stopping">Ends the waiting for the processes that drive the batches.</param>
internal sealed partial class Cancellations(
    IWorkspace workspace,
    ServiceProfiles? profiles,
    TimeProvider time,
    ILogger log,
    CancellationToken stopping
)
{
    private readonly ConcurrentDictionary<BatchId, TaskCompletionSource<Result<CancelledBatch>?>> _underWay = new();
    private readonly BatchCancellation _cancellation = new(workspace, time, profiles: profiles);

    /// <summary>Whether a batch is being cancelled: its driver has left it, and its tasks are not all ended.</summary>
    public bool IsUnderWay(BatchId batch) => _underWay.ContainsKey(batch);

    /// <summary>Complete once no cancellation of a batch is under way.</summary>
    public Task EndAsync(BatchId batch) =>
        _underWay.TryGetValue(batch, out var cancelling) ? cancelling.Task : Task.CompletedTask;

    /// <summary>
    /// Begins to cancel a batch; its submits under way are answered first. Once this returns, it is on disk that the batch is to be
    /// cancelled, and a process that comes after this one does so.
    /// </summary>
    /// <param name="batch">The batch.</param>
    /// <param name="keepRunning">Whether its tasks at the service are left alone.</param>
    /// <param name="author">Who wants it, for people.</param>
    /// <returns>What becomes of it; null where that fails, which the log says.</returns>
    public async Task<Task<Result<CancelledBatch>?>> BeginAsync(BatchRecord batch, bool keepRunning, string author)
    {
        await _cancellation.AskAsync(batch, keepRunning, author);
        return CancelOnceAsync(batch);
    }

    /// <summary>Cancels batches whose cancellation an earlier process was asked for or began, or could not bring to its end.</summary>
    /// <param name="before">Those only that have been waiting since then.</param>
    public void Continue(DateTimeOffset before)
    {
        using var reader = workspace.OpenReader();
        foreach (var batch in reader.Batches().Where(batch => batch.End != BatchEnd.AllRunsEnded))
        {
            try
            {
                if (!BatchCancellation.IsOver(batch, reader) && AskedAt(batch, reader) <= before)
                {
                    _ = CancelOnceAsync(batch);
                }
            }
            catch (JournalException e) when (!e.IsPassing)
            {
                // What is wrong with one batch keeps no other one waiting.
                LogProblem(batch.Id, e.Message);
            }
        }
    }

    private static DateTimeOffset? AskedAt(BatchRecord batch, IJournalReader reader) =>
        batch.End == BatchEnd.Cancelled ? batch.EndedAt : reader.Controls(batch.Number).Cancel?.At;

    private Task<Result<CancelledBatch>?> CancelOnceAsync(BatchRecord batch)
    {
        var mine = new TaskCompletionSource<Result<CancelledBatch>?>(
            TaskCreationOptions.RunContinuationsAsynchronously
        );
        var cancelling = _underWay.GetOrAdd(batch.Id, mine);
        if (cancelling == mine)
        {
            _ = Task.Run(async () =>
            {
                var cancelled = await CancelAsync(batch);
                _underWay.TryRemove(batch.Id, out _);
                mine.SetResult(cancelled);
            });
        }

        return cancelling.Task;
    }

    private async Task<Result<CancelledBatch>?> CancelAsync(BatchRecord batch)
    {
        try
        {
            var cancelled = await _cancellation.CancelAsync(batch, stopping);
            if (!cancelled.IsSuccess)
            {
                LogProblem(batch.Id, ProblemSentence.Of(cancelled.Problem));
            }

            return cancelled;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The next process continues with it.
            return null;
        }
        catch (Exception e)
        {
            LogFailure(e, batch.Id);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Batch}: {Problem}")]
    private partial void LogProblem(BatchId batch, string problem);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Batch} cannot be cancelled")]
    private partial void LogFailure(Exception exception, BatchId batch);
}
