using Akka.Actor;
using Akka.Cluster;
using Microsoft.Extensions.Logging;

namespace AimmsOrchestrator.Cluster.Membership;

/// <summary>Writes to the log who comes and goes, and notices the end of this node's shard region.</summary>
/// <param name="region">The region.</param>
/// <param name="ended">Called when the region has ended.</param>
/// <param name="lost">Called a second later.</param>
/// <param name="log">The log.</param>
internal sealed partial class MembershipActor(IActorRef region, Action ended, Action lost, ILogger log)
    : UntypedActor,
        IWithTimers
{
    /// <summary>The region of a node that the others have removed may end before the node knows why.</summary>
    private static readonly TimeSpan UntilTheReasonIsKnown = TimeSpan.FromSeconds(1);

    private readonly Akka.Cluster.Cluster _cluster = Akka.Cluster.Cluster.Get(Context.System);

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        Context.Watch(region);
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

    private sealed record ReasonDue;

    [LoggerMessage(Level = LogLevel.Information, Message = "Node {Node} is {State}")]
    private partial void LogState(string node, string state);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Node {Node} is unreachable")]
    private partial void LogUnreachable(string node);
}
