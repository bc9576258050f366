using System.Globalization;
using AimmsOrchestrator.Cluster.Batches;
using AimmsOrchestrator.Cluster.Messages;
using AimmsOrchestrator.Cluster.Settings;
using AimmsOrchestrator.Domain.Cluster;
using Akka;
using Akka.Actor;
using Akka.Cluster;
using Microsoft.Extensions.Logging;

namespace AimmsOrchestrator.Cluster.Membership;

/// <summary>What this node knows of the cluster, and the way by which other threads reach it.</summary>
/// <param name="time">The clocks.</param>
/// <param name="log">Gets who comes and goes.</param>
internal sealed class ClusterView(TimeProvider time, ILogger<ClusterView> log) : IClusterView
{
    /// <summary>Akka's reason to end where a node that this one calls has a certificate it does not accept; not a public type.</summary>
    private const string TlsFailure = "TlsHandshakeFailureReason";

    private readonly TaskCompletionSource<string> _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Akka.Cluster.Cluster? _cluster;
    private volatile ActorSystem? _system;
    private volatile bool _isLeaving;
    private volatile bool _isRegionGone;

    public bool TakesPart =>
        _cluster is { IsTerminated: false } cluster
        && !_isLeaving
        && !_isRegionGone
        && !_lost.Task.IsCompleted
        && cluster.SelfMember.Status == MemberStatus.Up;

    public IReadOnlyList<ClusterNode> Nodes => _cluster is { } cluster ? NodesOf(cluster) : [];

    public Task<string> Lost => _lost.Task;

    public async Task LeaveAsync(Task isLeft)
    {
        if (_system is { } system)
        {
            var shutdown = CoordinatedShutdown.Get(system);
            shutdown.AddTask(
                CoordinatedShutdown.PhaseClusterShardingShutdownRegion,
                "batches are left",
                async () =>
                {
                    await isLeft.ConfigureAwait(false);
                    return Done.Instance;
                }
            );
            await shutdown.Run(CoordinatedShutdown.ClusterLeavingReason.Instance).ConfigureAwait(false);
        }
    }

    public void HandOver(LeftBatch batch)
    {
        if (_system is { } system && _cluster is { } cluster && HeirOf(batch, cluster) is { } heir)
        {
            system
                .ActorSelection(new RootActorPath(heir.Address) / "user" / HeirActor.Name)
                .Tell(new Wake(batch.Number, batch.Epoch), ActorRefs.NoSender);
        }
    }

    /// <summary>The cluster and this node's shard region have been started.</summary>
    internal void Begin(ActorSystem system, IActorRef region, IActorRef reviver)
    {
        var shutdown = CoordinatedShutdown.Get(system);
        shutdown.AddTask(
            CoordinatedShutdown.PhaseBeforeServiceUnbind,
            "leaving",
            () =>
            {
                // What others leave from now on is none of this node's business.
                system.Stop(reviver);
                Leave(shutdown.ShutdownReason);
                return Task.FromResult(Done.Instance);
            }
        );
        if (shutdown.ShutdownReason is { } ended)
        {
            // It ended while the system was made, and may have passed that phase.
            Leave(ended);
        }

        (_cluster, _system) = (Akka.Cluster.Cluster.Get(system), system);
        system.ActorOf(
            Props.Create(() => new MembershipActor(region, EndRegion, LoseRegion, StoodStill, time, log)),
            "membership"
        );
    }

    internal static string AddressOf(Member member) =>
        new NodeAddress(member.Address.Host ?? "", member.Address.Port ?? 0).ToString();

    /// <summary>Batches that follow each other go to different nodes; null where no other one is up.</summary>
    private static Member? HeirOf(LeftBatch batch, Akka.Cluster.Cluster cluster)
    {
        var state = cluster.State;
        var heirs = state
            .Members.Where(member =>
                member.Status == MemberStatus.Up
                && !member.UniqueAddress.Equals(cluster.SelfUniqueAddress)
                && !state.Unreachable.Contains(member)
            )
            .ToList();
        return heirs.Count == 0 ? null : heirs[(int)(batch.Number % heirs.Count)];
    }

    private void Leave(CoordinatedShutdown.Reason? reason)
    {
        _isLeaving = true;
        if (WhyLost(reason) is { } why)
        {
            _lost.TrySetResult(why);
        }
    }

    /// <summary>Why Akka ends by itself; null where this program ends it.</summary>
    private static string? WhyLost(CoordinatedShutdown.Reason? reason) =>
        reason switch
        {
            CoordinatedShutdown.ClusterDowningReason =>
                "the cluster has removed this node: its heartbeats were missing",
            CoordinatedShutdown.ClusterJoinUnsuccessfulReason => "this node could not join the cluster",
            { } other when other.GetType().Name == TlsFailure =>
                "the certificates of this node and of another one do not fit: each has to be of an authority that the other accepts",
            _ => null,
        };

    private void StoodStill(TimeSpan time) =>
        _lost.TrySetResult(
            string.Create(
                CultureInfo.InvariantCulture,
                $"this process stood still for {time.TotalSeconds:0} s, and the cluster has gone on without it"
            )
        );

    private void EndRegion() => _isRegionGone = true;

    /// <summary>The region has ended, and this node was not asked to leave since.</summary>
    private void LoseRegion()
    {
        if (!_isLeaving)
        {
            _lost.TrySetResult("this node can be given no batches any more: its shard region has ended");
        }
    }

    private static List<ClusterNode> NodesOf(Akka.Cluster.Cluster cluster)
    {
        var state = cluster.State;
        return
        [
            .. state
                .Members.Where(member => member.Status != MemberStatus.Removed)
                .Order(Member.AgeOrdering)
                .Select(member => new ClusterNode(
                    AddressOf(member),
                    member.UniqueAddress.Uid,
                    StateOf(member.Status),
                    !state.Unreachable.Contains(member),
                    member.UniqueAddress.Equals(cluster.SelfUniqueAddress),
                    member.AppVersion.Version
                )),
        ];
    }

    private static NodeState StateOf(MemberStatus status) =>
        status switch
        {
            MemberStatus.Joining => NodeState.Joining,
            MemberStatus.WeaklyUp or MemberStatus.Up => NodeState.Up,
            MemberStatus.Leaving or MemberStatus.Exiting => NodeState.Leaving,
            _ => NodeState.Down,
        };
}
