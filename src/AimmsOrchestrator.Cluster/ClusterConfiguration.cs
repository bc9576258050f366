namespace AimmsOrchestrator.Cluster;

/// <summary>The settings of Akka for a cluster of batches; the room's README has the reasons and what was measured.</summary>
internal static class ClusterConfiguration
{
    /// <summary>The actor system's name: nodes of another name are not of this cluster.</summary>
    public const string SystemName = "aimms-batch";

    /// <summary>How long a node that leaves may take to hand over what it drives.</summary>
    public static readonly TimeSpan LongestHandOver = TimeSpan.FromSeconds(60);

    /// <summary>Longer than the hand-over: what else a node does that leaves.</summary>
    public static readonly TimeSpan LongestShutdown = LongestHandOver + TimeSpan.FromSeconds(30);

    public const string Hocon = """
        aimms-batch.lease {
          lease-class = "AimmsOrchestrator.Cluster.Membership.TableLease, AimmsOrchestrator.Cluster"
          heartbeat-timeout = 8s
          heartbeat-interval = 2s
          lease-operation-timeout = 5s
        }
        akka {
          stdout-loglevel = OFF
          log-dead-letters = off
          log-dead-letters-during-shutdown = off
          remote.dot-netty.tcp.tcp-reuse-addr = off
          actor.serializers.json = "AimmsOrchestrator.Cluster.Messages.NoTypesSerializer, AimmsOrchestrator.Cluster"
          coordinated-shutdown {
            run-by-clr-shutdown-hook = off
            exit-clr = off
            phases.cluster-sharding-shutdown-region.timeout = 60s
          }
          cluster {
            log-info = off
            gossip-interval = 500ms
            unreachable-nodes-reaper-interval = 500ms
            leader-actions-interval = 500ms
            seed-node-timeout = 1s
            retry-unsuccessful-join-after = 2s
            down-removal-margin = 10ms
            failure-detector {
              heartbeat-interval = 500ms
              acceptable-heartbeat-pause = 2s
              threshold = 8.0
            }
            downing-provider-class = "Akka.Cluster.SBR.SplitBrainResolverProvider, Akka.Cluster"
            split-brain-resolver {
              active-strategy = lease-majority
              stable-after = 3s
              down-all-when-unstable = 6s
              lease-majority {
                lease-implementation = "aimms-batch.lease"
                acquire-lease-delay-for-minority = 1s
                release-after = 6s
              }
            }
            sharding {
              handoff-timeout = 65s
              retry-interval = 500ms
              distributed-data.durable.keys = []
            }
          }
        }
        """;
}
