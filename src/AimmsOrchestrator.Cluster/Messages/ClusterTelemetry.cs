using System.Diagnostics.Metrics;

namespace AimmsOrchestrator.Cluster.Messages;

/// <summary>The cluster's metrics, by the names that a monitoring system sees.</summary>
public static class ClusterTelemetry
{
    /// <summary>The name of the meter.</summary>
    public const string Name = "AimmsOrchestrator.Cluster";

    private static readonly Meter Meter = new(Name);

    /// <summary>Messages of other nodes that this version does not know.</summary>
    internal static Counter<long> UnknownMessages { get; } =
        Meter.CreateCounter<long>(
            "aimms_batch.cluster.unknown_messages",
            "{message}",
            "Messages of other nodes that were dropped because this version does not know them"
        );

    /// <summary>Batches that no node has driven for 15 s although one should; reported by the node that wakes batches.</summary>
    internal static Gauge<long> LeftBatches { get; } =
        Meter.CreateGauge<long>(
            "aimms_batch.cluster.left_batches",
            "{batch}",
            "Batches that no node has driven for 15 s although one should"
        );
}
