using System.Diagnostics;
using AimmsOrchestrator.Domain.Estimates;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Progress;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Workspaces;

namespace AimmsOrchestrator.Batches.Status;

/// <summary>
/// Follows a batch that another process drives. It only reads the journal, so it costs the batch nothing, and it spends
/// at most a tenth of its time on that, however many runs there are to count.
/// </summary>
public sealed class BatchWatch(IWorkspace workspace, IJournalReader reader, TimeProvider time)
{
    private const int Latest = 8;
    private const int Longest = 3;
    private const int RestPerPoll = 9;

    private static readonly TimeSpan ShortestRest = TimeSpan.FromMilliseconds(500);

    private readonly RateMeter _rate = new();
    private readonly long _start = time.GetTimestamp();

    /// <summary>Follows the batch until no process drives it, or until the watching is cancelled.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="observer">Gets its progress.</param>
    /// <param name="cancelled">Ends the watching.</param>
    /// <returns>Its status then.</returns>
    public async Task<BatchStatus> UntilLeftAsync(
        BatchRecord batch,
        IBatchObserver observer,
        CancellationToken cancelled
    )
    {
        while (true)
        {
            var poll = Stopwatch.StartNew();
            var status = BatchStatus.Of(reader.Find(batch.Id.Value) ?? batch, reader, workspace);
            if (status.Holder is null || cancelled.IsCancellationRequested)
            {
                return status;
            }

            observer.OnProgress(ProgressOf(status));
            var rest = RestPerPoll * poll.Elapsed;
            await Task.Delay(rest > ShortestRest ? rest : ShortestRest, time, cancelled)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private BatchProgress ProgressOf(BatchStatus status)
    {
        var now = time.GetElapsedTime(_start);
        var ended = status.Counts.Ended;
        var reused = reader.CountReused(status.Batch.Number);
        var (rate, left) = _rate.Sample(now, ended - reused, status.Batch.RunCount - ended);
        var solves = reader.Solves(status.Batch.Number);
        var latest = reader.LatestEnded(status.Batch.Number, Latest);
        return new BatchProgress
        {
            Total = status.Batch.RunCount,
            CountByState = status.Counts,
            Concurrency = status.FoundConcurrency,
            Elapsed = now,
            EndedPerMinute = rate,
            TimeLeft = status.PausedSince is null ? left : null,
            PausedSince = status.PausedSince,
            Longest =
            [
                .. reader
                    .UnderWay(status.Batch.Number, Longest)
                    .Select(run => new RunWait(run.Name, run.State, time.GetUtcNow() - run.Since)
                    {
                        Solve = solves.GetValueOrDefault(run.Index)?.Status,
                    }),
            ],
            Warnings = [.. status.Warnings.Select(warning => warning.Message)],
            Failures =
            [
                .. latest.Where(r => r.Error is not null).Select(r => new RunFailure(r.Name, r.Error!.Message)),
            ],
            Successes =
            [
                .. latest
                    .Where(r => r.Phase == RunPhase.Completed)
                    .Select(r => new RunSuccess(r.Name, r.ResultsJson ?? "{}") { IsIncumbent = r.IsIncumbent }),
            ],
        };
    }
}
