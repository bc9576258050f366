using Akka.Actor;

namespace AimmsOrchestrator.Engine.Actors;

/// <summary>Notifications of any actor of a batch, on the event stream.</summary>
internal static class ActorNotifications
{
    /// <summary>An actor threw, and stops: a bug in this program.</summary>
    public sealed record Failed(IActorRef Actor, Exception Reason);

    /// <summary>
    /// An actor's role in the batch of a supervisor, such as 'journal'; null where it belongs to another batch. Its name is the
    /// supervisor's, a hyphen and the role.
    /// </summary>
    public static string? RoleOf(IActorRef actor, IActorRef supervisor)
    {
        var batch = $"{supervisor.Path.Name}-";
        var name = actor.Path.Name;
        return name.StartsWith(batch, StringComparison.Ordinal) ? name[batch.Length..] : null;
    }
}
