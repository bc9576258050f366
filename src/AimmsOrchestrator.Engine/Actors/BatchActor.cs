using Akka.Actor;

namespace AimmsOrchestrator.Engine.Actors;

/// <summary>
/// An actor of one batch. If it throws, it stops and is not restarted: what it held in memory is gone, and others would wait
/// for it without end. As a rule the batch is left then with the exception's message, and what is on disk is resumed.
/// </summary>
internal abstract class BatchActor : UntypedActor
{
    /// <summary>The parent is the system's guardian, which restarts what fails: the new instance stops before its first message.</summary>
    protected sealed override void PostRestart(Exception reason)
    {
        Context.System.EventStream.Publish(new ActorNotifications.Failed(Self, reason));
        Context.Stop(Self);
    }
}
