using System.Diagnostics.CodeAnalysis;
using AimmsOrchestrator.Batches.Execution;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Progress;
using AimmsOrchestrator.Scenarios;

namespace AimmsOrchestrator.Batches.Hosting;

/// <summary>One batch that a <see cref="BatchHost"/> drives, from its start to its end. Safe for many threads.</summary>
[SuppressMessage(
    "Design",
    "CA1001",
    Justification = "A source without a timer holds nothing that must be disposed of."
)]
public sealed class DrivenBatch
{
    private readonly OpenedBatch _opened;
    private readonly CancellationTokenSource _left = new();
    private readonly TaskCompletionSource<BatchOutcome> _outcome = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );

    internal DrivenBatch(OpenedBatch opened) => _opened = opened;

    /// <summary>The batch, as it was opened.</summary>
    public BatchRecord Batch => _opened.Batch;

    /// <summary>What it runs.</summary>
    public Scenario Scenario => _opened.Scenario;

    /// <summary>The batch's epoch under this process's claim.</summary>
    public long Epoch => _opened.Claim.Epoch;

    /// <summary>Whether runs of it began before.</summary>
    public bool HasBegun => _opened.HasBegun;

    /// <summary>Its newest progress; null before the first.</summary>
    public BatchProgress? Latest => Progress.Latest;

    /// <summary>
    /// How its execution ended; complete once that is on disk and the claim is given up. It fails where the execution could not
    /// begin: a service that cannot be connected to, a port that cannot be listened on.
    /// </summary>
    public Task<BatchOutcome> Outcome => _outcome.Task;

    internal ProgressFan Progress { get; } = new();

    /// <summary>Complete once it is no longer driven, however that came.</summary>
    public Task Ended => Task.WhenAny(_outcome.Task);

    /// <summary>
    /// Its progress: the newest snapshot at once, then at most four per second, to the last one at its end. Snapshots that came
    /// while the caller was busy are left out. Any number of callers may follow.
    /// </summary>
    public IAsyncEnumerable<BatchProgress> FollowAsync(CancellationToken cancellation = default) =>
        Progress.FollowAsync(cancellation);

    /// <summary>
    /// Leaves it once the submits under way are answered; tasks at the service are left alone, and any process may continue it.
    /// Once it has ended, nothing happens.
    /// </summary>
    public void Leave() => _left.Cancel();

    internal void Begin(Func<CancellationToken, Task<BatchOutcome>> execute, Action<DrivenBatch> end) =>
        _ = Task.Run(async () =>
        {
            try
            {
                var outcome = await execute(_left.Token);
                end(this);
                _outcome.SetResult(outcome);
            }
            catch (Exception e)
            {
                end(this);
                _outcome.SetException(e);
            }
            finally
            {
                Progress.Complete();
            }
        });
}
