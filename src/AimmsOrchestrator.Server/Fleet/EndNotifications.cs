using System.Collections.Concurrent;
using AimmsOrchestrator.Batches.Completion;
using AimmsOrchestrator.Batches.Hosting;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Server.Settings;
using Microsoft.Extensions.Logging;

namespace AimmsOrchestrator.Server.Fleet;

/// <summary>
/// Notifies the recipients that a scenario's <c>notify</c> names once its batch has ended in this process, beside other work
/// and at most once per end. What fails is a line in the log. Safe for many threads.
/// </summary>
internal sealed partial class EndNotifications(ServerOptions options, TimeProvider time, ILogger<EndNotifications> log)
{
    /// <summary>As long as a command may take, or one attempt at an address.</summary>
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<DrivenBatch, Task> _followed = new();

    /// <summary>
    /// Whether recipients are notified of an end. What was interrupted is continued, here after the server's stop or by the node
    /// that it was handed over to; so is what another process has taken over, and what a bug or the journal stopped.
    /// </summary>
    public static bool IsNews(BatchEnd end) =>
        end is not (BatchEnd.Interrupted or BatchEnd.JournalLost or BatchEnd.Bug);

    /// <summary>Notifies the recipients of a batch that has just begun to be driven once it has ended.</summary>
    public void Follow(DrivenBatch driven)
    {
        if (driven.Scenario.Notifications.Count == 0)
        {
            return;
        }

        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _followed[driven] = over.Task;
        _ = Task.Run(async () =>
        {
            await FollowAsync(driven);
            _followed.TryRemove(driven, out _);
            over.SetResult();
        });
    }

    /// <summary>
    /// Complete once the recipients of all batches have been notified, each of which has ended or been left; after half a minute
    /// in any case.
    /// </summary>
    public async Task StopAsync()
    {
        try
        {
            await Task.WhenAll(_followed.Values).WaitAsync(LongestStop, time);
        }
        catch (TimeoutException)
        {
            foreach (var driven in _followed.Keys)
            {
                LogProblem(driven.Batch.Id, "notify: the server ends before every recipient has answered");
            }
        }
    }

    private async Task FollowAsync(DrivenBatch driven)
    {
        try
        {
            await driven.Ended;
            // Why an execution could not begin is the fleet's line.
            if (driven.Outcome.IsCompletedSuccessfully)
            {
                await NotifyAsync(driven, await driven.Outcome);
            }
        }
        catch (JournalException e)
        {
            LogProblem(driven.Batch.Id, $"notify: no recipient is notified: {e.Message}");
        }
        catch (Exception e)
        {
            LogFailure(e, driven.Batch.Id);
        }
    }

    private async Task NotifyAsync(DrivenBatch driven, BatchOutcome outcome)
    {
        if (!IsNews(outcome.End))
        {
            return;
        }

        // It may have begun under another configuration, or by the command line in the same workspace.
        if (!options.Settings.Rights.Notifications)
        {
            LogProblem(driven.Batch.Id, "notify: no recipient is notified: server.yaml has no allow: { notify: true }");
            return;
        }

        var notification = NotificationOf(driven, outcome);
        foreach (var failure in await new Notifier(time).NotifyAsync(driven.Scenario.Notifications, notification))
        {
            LogProblem(driven.Batch.Id, failure);
        }
    }

    /// <summary>Without a report's file: a server writes none.</summary>
    private BatchNotification NotificationOf(DrivenBatch driven, BatchOutcome outcome)
    {
        using var reader = options.Workspace.OpenReader();
        return BatchNotification.Of(BatchResult.Of(driven.Scenario, driven.Batch, outcome, reader), reader);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Batch}: {Problem}")]
    private partial void LogProblem(BatchId batch, string problem);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Batch}: its recipients cannot be notified")]
    private partial void LogFailure(Exception exception, BatchId batch);
}
