using System.Globalization;
using AimmsOrchestrator.Cluster.Messages;
using AimmsOrchestrator.Domain.Cluster;
using Akka.Actor;
using Akka.Cluster.Sharding;

namespace AimmsOrchestrator.Cluster.Batches;

/// <summary>
/// Has this node drive a batch without asking where its shard is: what a node that leaves has just given up, and what no node drives
/// although the node of its shard was asked. That one may be cut off from the database, or the shards' coordinator on its way to another node.
/// </summary>
/// <param name="driver">Drives batches on this node.</param>
internal sealed class HeirActor(IBatchDriver driver) : UntypedActor
{
    public const string Name = "heir";

    public static Props Props(IBatchDriver driver) => Akka.Actor.Props.Create(() => new HeirActor(driver));

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Wake wake:
                EntityOf(wake.Batch).Forward(wake);
                break;

            // As a shard answers it.
            case Passivate passivate:
                Sender.Tell(passivate.StopMessage);
                break;

            default:
                Unhandled(message);
                break;
        }
    }

    private IActorRef EntityOf(long batch)
    {
        var name = batch.ToString(CultureInfo.InvariantCulture);
        var entity = Context.Child(name);
        return entity.IsNobody() ? Context.ActorOf(BatchEntity.Props(batch, driver), name) : entity;
    }
}
