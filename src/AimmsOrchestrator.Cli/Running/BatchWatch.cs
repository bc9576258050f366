using System.Diagnostics;
using AimmsOrchestrator.Cli.Terminal;
using AimmsOrchestrator.Domain.Estimates;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Progress;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Journal;

namespace AimmsOrchestrator.Cli.Running;

/// <summary>
/// Shows how far a batch is that another process drives, until that ends. It reads the journal and nothing else, so it
/// costs the batch nothing; and it spends a tenth of its time on that at most, however many runs there are to count.
/// </summary>
internal sealed class BatchWatch(Workspace workspace, IJournalReader reader, TimeProvider time)
{
    private const int Latest = 8;
    private const int RestPerLook = 9;

    private static readonly TimeSpan ShortestRest = TimeSpan.FromMilliseconds(500);

    private readonly RateMeter _rate = new();
    private readonly long _start = time.GetTimestamp();

    /// <summary>Watches until nobody drives the batch, or until the watching is cancelled.</summary>
    /// <returns>Where it stands then.</returns>
    public async Task<BatchStatus> UntilLeftAsync(BatchRecord batch, IProgressView view, CancellationToken cancelled)
    {
        var over = new TaskCompletionSource();
        var showing = view.ShowAsync(over.Task);
        try
        {
            while (true)
            {
                var look = Stopwatch.StartNew();
                var standing = BatchStatus.Of(reader.Find(batch.Id.Value) ?? batch, reader, workspace);
                if (standing.Holder is null || cancelled.IsCancellationRequested)
                {
                    return standing;
                }

                view.OnProgress(ProgressOf(standing));
                var rest = RestPerLook * look.Elapsed;
                await Task.Delay(rest > ShortestRest ? rest : ShortestRest, time, cancelled)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        finally
        {
            over.SetResult();
            await showing;
        }
    }

    private BatchProgress ProgressOf(BatchStatus standing)
    {
        var now = time.GetElapsedTime(_start);
        var ended = standing.Counts.Ended;
        var reused = reader.CountReused(standing.Batch.Number);
        var (rate, left) = _rate.Sample(now, ended - reused, standing.Batch.RunCount - ended);
        var latest = reader.LatestEnded(standing.Batch.Number, Latest);
        return new BatchProgress
        {
            Total = standing.Batch.RunCount,
            CountByState = standing.Counts,
            Elapsed = now,
            EndedPerMinute = rate,
            TimeLeft = left,
            Failures =
            [
                .. latest
                    .Where(r => r.Error is not null)
                    .Select(r => new RunFailure(r.Index, r.Name, r.Error!.Message)),
            ],
            Successes =
            [
                .. latest
                    .Where(r => r.Phase == RunPhase.Completed)
                    .Select(r => new RunSuccess(r.Index, r.Name, r.ResultsJson ?? "{}")),
            ],
        };
    }
}
