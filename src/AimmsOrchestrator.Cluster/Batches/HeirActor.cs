using AimmsOrchestrator.Cluster.Messages;
using AimmsOrchestrator.Domain.Cluster;
using Akka.Actor;
using Akka.Event;

namespace AimmsOrchestrator.Cluster.Batches;

/// <summary>
/// Has this node's driver take over at once what a node that leaves has just given up. The reviver would find it as well, but where it was
/// on the node that leaves, it and the shards' coordinator first move to another one, which takes two seconds.
/// </summary>
/// <param name="driver">Drives batches on this node.</param>
internal sealed class HeirActor(IBatchDriver driver) : UntypedActor
{
    public const string Name = "heir";

    private readonly ILoggingAdapter _log = Context.GetLogger();

    public static Props Props(IBatchDriver driver) => Akka.Actor.Props.Create(() => new HeirActor(driver));

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Wake wake:
                _ = DriveAsync(wake).PipeTo(Self, failure: e => new Failed(wake.Batch, e.Message));
                break;

            // It drives the batch, or another node does.
            case DriveAnswer.Driving
            or DriveAnswer.Over
            or DriveAnswer.Elsewhere:
                break;

            case DriveAnswer.Failed failed:
                _log.Warning("A batch that was handed over cannot be driven: {0}", failed.Reason);
                break;

            case Failed failed:
                _log.Warning("Batch {0} that was handed over cannot be driven: {1}", failed.Batch, failed.Reason);
                break;

            default:
                Unhandled(message);
                break;
        }
    }

    private async Task<DriveAnswer> DriveAsync(Wake wake) =>
        await driver
            .DriveAsync(new LeftBatch(wake.Batch, wake.Epoch, IsGivenUp: true), CancellationToken.None)
            .ConfigureAwait(false);

    private sealed record Failed(long Batch, string Reason) : INoSerializationVerificationNeeded;
}
