using System.Globalization;
using AimmsOrchestrator.Cluster.Messages;
using Akka.Cluster.Sharding;

namespace AimmsOrchestrator.Cluster.Batches;

/// <summary>
/// Which batch a message is for, and to which of the shards it belongs: batches that follow each other are in different shards,
/// and new shards go to the node that has the fewest.
/// </summary>
internal sealed class BatchShards : IMessageExtractor
{
    /// <summary>The same on all nodes for ever: another number would have two nodes differ on where a batch is.</summary>
    private const long Count = 100;

    public string? EntityId(object message) => message is Wake wake ? Text(wake.Batch) : null;

    public object EntityMessage(object message) => message;

    public string? ShardId(object message) => message is Wake wake ? Shard(wake.Batch) : null;

    public string ShardId(string entityId, object? messageHint = null) => Shard(BatchOf(entityId));

    /// <summary>The number of an entity's batch.</summary>
    public static long BatchOf(string entityId) => long.Parse(entityId, CultureInfo.InvariantCulture);

    private static string Shard(long batch) => Text(batch % Count);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
