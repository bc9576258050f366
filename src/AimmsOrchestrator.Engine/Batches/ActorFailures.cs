using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Engine.Actors;
using AimmsOrchestrator.Engine.Progress;
using AimmsOrchestrator.Engine.Runs;
using Akka.Actor;

namespace AimmsOrchestrator.Engine.Batches;

/// <summary>What it means to a batch that one of its actors fails: facts for its supervisor.</summary>
/// <param name="supervisor">The batch's supervisor.</param>
/// <param name="shared">What the batch's actors share.</param>
internal sealed class ActorFailures(IActorRef supervisor, RunContext shared)
{
    private readonly Warning _solves = new("solvers", shared.Batch, shared.Journal, shared.Progress, shared.Time);

    /// <summary>Sends the supervisor every failure from now on.</summary>
    /// <param name="actors">The batch's other actors.</param>
    /// <param name="context">The supervisor's.</param>
    public void Watch(IEnumerable<IActorRef> actors, IActorContext context)
    {
        context.System.EventStream.Subscribe(supervisor, typeof(ActorNotifications.Failed));
        foreach (var actor in actors.Where(IsNeeded))
        {
            // One that failed at its very start has said nothing; what one has said before it stopped comes first.
            context.WatchWith(actor, FactOf(actor, ActorNotifications.RoleOf(actor, supervisor)!, bug: null));
        }
    }

    /// <returns>What has happened to the batch; null where nothing has.</returns>
    public BatchFact? FactOf(ActorNotifications.Failed failed)
    {
        if (ActorNotifications.RoleOf(failed.Actor, supervisor) is not { } role)
        {
            return null;
        }

        if (IsNeeded(failed.Actor))
        {
            return failed.Reason is JournalException e
                ? new BatchFact.JournalFailed(e.Message)
                : FactOf(failed.Actor, role, failed.Reason);
        }

        var message = failed.Reason.GetBaseException().Message;
        _solves.Set($"how far the solvers are is not asked any more: a bug in this program: {message}");
        return null;
    }

    /// <summary>Nothing waits for what the solvers say: a batch does without it.</summary>
    private bool IsNeeded(IActorRef actor) => !actor.Equals(shared.Solves);

    private BatchFact.ActorFailed FactOf(IActorRef actor, string role, Exception? bug) =>
        new(role, bug) { IsJournal = actor.Equals(shared.Journal) };
}
