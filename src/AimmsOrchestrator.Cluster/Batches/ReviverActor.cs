using AimmsOrchestrator.Cluster.Messages;
using AimmsOrchestrator.Domain.Cluster;
using Akka.Actor;
using Akka.Event;

namespace AimmsOrchestrator.Cluster.Batches;

/// <summary>
/// Wakes the batches that no living node drives. It reads them from the database each half second, whatever went wrong the time before,
/// and has nothing to recover. Each node has one, since any of them may be the one that is cut off from the database.
/// </summary>
/// <param name="left">Which batches no living node drives.</param>
/// <param name="region">Sends each batch's messages to the node that should drive it.</param>
/// <param name="heir">Has this node drive a batch that the other one does not; see <see cref="PatienceOf"/>.</param>
/// <param name="patience">For how long a batch is woken before this node drives it.</param>
/// <param name="time">The clock.</param>
internal sealed class ReviverActor(
    ILeftBatches left,
    IActorRef region,
    IActorRef heir,
    TimeSpan patience,
    TimeProvider time
) : UntypedActor, IWithTimers
{
    private static readonly TimeSpan BetweenReads = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestRead = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan WorthAnAlarm = TimeSpan.FromSeconds(15);

    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly HashSet<long> _reported = [];
    private Dictionary<long, long> _since = [];
    private Dictionary<LeftBatch, long> _woken = [];
    private bool _isFailing;

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(
        ILeftBatches left,
        IActorRef region,
        IActorRef heir,
        TimeSpan patience,
        TimeProvider time
    ) => Akka.Actor.Props.Create(() => new ReviverActor(left, region, heir, patience, time));

    /// <summary>The node of a batch's shard takes it within a tenth of a second. The other ones do not try all at once.</summary>
    /// <param name="node">The number of this node's start.</param>
    public static TimeSpan PatienceOf(long node) => TimeSpan.FromMilliseconds(1000 + (250 * (node & 3)));

    protected override void PreStart() => Self.Tell(new ReadDue());

    /// <summary>What made it crash is there the next time as well: no sooner than after half a second.</summary>
    protected override void PostRestart(Exception reason) => Next();

    protected override void PostStop() => ClusterTelemetry.LeftBatches.Record(0);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ReadDue:
                _ = ReadAsync().PipeTo(Self, success: found => found, failure: e => new Failed(e.Message));
                break;

            case Found found:
                Take(found);
                Next();
                break;

            case Failed failed:
                if (!_isFailing)
                {
                    _log.Warning("Which batches no node drives cannot be read: {0}", failed.Reason);
                }

                _isFailing = true;
                Next();
                break;

            default:
                Unhandled(message);
                break;
        }
    }

    /// <summary>An adapter that throws at once is one whose answer failed.</summary>
    private async Task<Found> ReadAsync()
    {
        using var timeout = new CancellationTokenSource(LongestRead, time);
        var batches = await left.ReadAsync(timeout.Token).ConfigureAwait(false);

        // Asked after the read: signs of life that were old when it was made may be so no more.
        return new Found(batches, left.AreBelieved);
    }

    private void Take(Found found)
    {
        _isFailing = false;
        var now = time.GetTimestamp();
        _since = found.Batches.ToDictionary(
            batch => batch.Number,
            batch => _since.GetValueOrDefault(batch.Number, now)
        );
        Report(now);
        var wanted = found.Batches.Where(batch => batch.IsGivenUp || found.AreBelieved);
        _woken = wanted.ToDictionary(batch => batch, batch => _woken.GetValueOrDefault(batch, now));
        foreach (var (batch, since) in _woken)
        {
            var wake = new Wake(batch.Number, batch.Epoch);
            region.Tell(wake);
            if (time.GetElapsedTime(since, now) >= patience)
            {
                heir.Tell(wake);
            }
        }
    }

    private void Report(long now)
    {
        var late = _since
            .Where(batch => time.GetElapsedTime(batch.Value, now) > WorthAnAlarm)
            .Select(batch => batch.Key)
            .ToList();
        ClusterTelemetry.LeftBatches.Record(late.Count);
        _reported.IntersectWith(late);
        foreach (var batch in late.Where(_reported.Add))
        {
            _log.Warning(
                "No node has driven batch {0} for {1} s although one should",
                batch,
                WorthAnAlarm.TotalSeconds
            );
        }
    }

    private void Next() => Timers.StartSingleTimer(nameof(ReadDue), new ReadDue(), BetweenReads);

    private sealed record Found(IReadOnlyList<LeftBatch> Batches, bool AreBelieved)
        : INoSerializationVerificationNeeded;

    private sealed record Failed(string Reason) : INoSerializationVerificationNeeded;

    private sealed record ReadDue : INoSerializationVerificationNeeded;
}
