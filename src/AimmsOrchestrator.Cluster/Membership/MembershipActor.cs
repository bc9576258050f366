using Akka.Actor;
using Akka.Cluster;
using Microsoft.Extensions.Logging;

namespace AimmsOrchestrator.Cluster.Membership;

/// <summary>Writes to the log who comes and goes, and notices the end of this node's shard region.</summary>
/// <param name="region">The region.</param>
/// <param name="ended">Called when the region has ended.</param>
/// <param name="lost">Called a second later.</param>
/// <param name="stoodStill">Called where this process stood still, and its fellows have gone on without it.</param>
/// <param name="time">The clocks.</param>
/// <param name="log">The log.</param>
internal sealed partial class MembershipActor(
    IActorRef region,
    Action ended,
    Action lost,
    Action<TimeSpan> stoodStill,
    TimeProvider time,
    ILogger log
) : UntypedActor, IWithTimers
{
    /// <summary>The region of a node that the others have removed may end before the node knows why.</summary>
    private static readonly TimeSpan UntilTheReasonIsKnown = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan BetweenTicks = TimeSpan.FromSeconds(1);

    /// <summary>
    /// By then the others have removed this node, and may have given their lease back: it would take that for itself, and be a cluster of
    /// its own from then on.
    /// </summary>
    private static readonly TimeSpan LongestStandstill = TimeSpan.FromSeconds(10);

    private (long Timestamp, DateTimeOffset Clock) _lastTick = (time.GetTimestamp(), time.GetUtcNow());

    private readonly Akka.Cluster.Cluster _cluster = Akka.Cluster.Cluster.Get(Context.System);

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        Context.Watch(region);
        Timers.StartPeriodicTimer(nameof(Tick), new Tick(), BetweenTicks);
        _cluster.Subscribe(
            Self,
            ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents,
            typeof(ClusterEvent.IMemberEvent),
            typeof(ClusterEvent.IReachabilityEvent)
        );
    }

    protected override void PostStop() => _cluster.Unsubscribe(Self);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Terminated:
                ended();
                Timers.StartSingleTimer(nameof(ReasonDue), new ReasonDue(), UntilTheReasonIsKnown);
                break;

            case Tick:
                NoticeStandstill();
                break;

            case ReasonDue:
                lost();
                break;

            case ClusterEvent.UnreachableMember unreachable:
                LogUnreachable(ClusterView.AddressOf(unreachable.Member));
                break;

            case ClusterEvent.ReachableMember reachable:
                LogState(ClusterView.AddressOf(reachable.Member), "reachable again");
                break;

            case ClusterEvent.MemberRemoved removed:
                LogState(
                    ClusterView.AddressOf(removed.Member),
                    removed.PreviousStatus == MemberStatus.Down ? "gone: its heartbeats were missing" : "gone"
                );
                break;

            case ClusterEvent.IMemberEvent change:
                LogState(ClusterView.AddressOf(change.Member), change.Member.Status.ToString().ToLowerInvariant());
                break;

            default:
                Unhandled(message);
                break;
        }
    }

    /// <summary>The monotonic clock stands still while the machine sleeps; the other one shows that.</summary>
    private void NoticeStandstill()
    {
        var now = (Timestamp: time.GetTimestamp(), Clock: time.GetUtcNow());
        var elapsed = time.GetElapsedTime(_lastTick.Timestamp, now.Timestamp);
        var slept = now.Clock - _lastTick.Clock;
        _lastTick = now;
        if (elapsed > LongestStandstill || slept > LongestStandstill)
        {
            stoodStill(elapsed > slept ? elapsed : slept);
        }
    }

    private sealed record Tick;

    private sealed record ReasonDue;

    [LoggerMessage(Level = LogLevel.Information, Message = "Node {Node} is {State}")]
    private partial void LogState(string node, string state);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Node {Node} is unreachable")]
    private partial void LogUnreachable(string node);
}
