using Akka.Actor;

namespace AimmsOrchestrator.Engine.Actors;

/// <summary>Notifications of any actor of a batch, on the event stream.</summary>
internal static class ActorNotifications
{
    /// <summary>An actor threw and has stopped: a bug in this program.</summary>
    /// <param name="Actor">Its name is that of the batch's supervisor, a hyphen and its role.</param>
    /// <param name="Reason">What it threw.</param>
    public sealed record Failed(IActorRef Actor, Exception Reason)
    {
        /// <summary>The actor's role in the batch of a supervisor, such as 'journal'; null where it belongs to another batch.</summary>
        public string? RoleUnder(IActorRef supervisor)
        {
            var batch = $"{supervisor.Path.Name}-";
            var name = Actor.Path.Name;
            return name.StartsWith(batch, StringComparison.Ordinal) ? name[batch.Length..] : null;
        }
    }
}
