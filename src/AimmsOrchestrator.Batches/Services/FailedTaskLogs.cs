using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Domain.TaskService.Insight;

namespace AimmsOrchestrator.Batches.Services;

/// <summary>Reads the logs of a batch's failed tasks from the service once its runs have ended, and keeps them in the journal.</summary>
/// <param name="logs">Where the logs are.</param>
/// <param name="writer">Keeps them.</param>
/// <param name="reader">Knows the failed tasks.</param>
/// <param name="time">The clock.</param>
public sealed class FailedTaskLogs(ITaskLogs logs, IJournalWriter writer, IJournalReader reader, TimeProvider time)
{
    /// <summary>Failures tend to have few causes: the logs of the others are read when a person asks for them.</summary>
    public const int Most = 200;

    /// <summary>A service that has no log of the first tasks has none of the others.</summary>
    private const int MostMissing = 3;

    /// <summary>Whether reading goes on; yes by default.</summary>
    public Func<bool> IsWanted { get; init; } = () => true;

    /// <param name="batch">The batch's number.</param>
    /// <param name="epoch">As the batch's claim has it.</param>
    /// <param name="between">The time between two requests, which <c>limits.requests</c> asks for.</param>
    /// <param name="cancellation">Ends the reading; what was read is kept.</param>
    /// <returns>How many logs were read.</returns>
    public async Task<int> ReadAsync(long batch, long epoch, TimeSpan between, CancellationToken cancellation)
    {
        var (read, missing) = (0, 0);
        if (!logs.MayHaveLogs)
        {
            return read;
        }

        foreach (var task in reader.FailedTasksWithoutLog(batch, Most).TakeWhile(_ => IsWanted()))
        {
            try
            {
                var log = await logs.GetLogAsync(task.Task, cancellation);
                if (log.IsSuccess)
                {
                    var entry = new TaskLogRead(batch, task.Run, task.Task, log.Value, time.GetUtcNow());
                    await writer.AppendAsync([entry with { Epoch = epoch }]);
                    read++;
                }
                else if (++missing == MostMissing && read == 0)
                {
                    break;
                }

                await Task.Delay(between, time, cancellation);
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }

        return read;
    }
}
