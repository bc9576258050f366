using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Engine.Caching;
using AimmsOrchestrator.Engine.Journaling;
using AimmsOrchestrator.Engine.Progress;
using AimmsOrchestrator.Engine.Runs;
using AimmsOrchestrator.Engine.Throttling;
using Akka.Actor;

namespace AimmsOrchestrator.Engine.Batches;

/// <summary>The supervisor's hands: gives a run its actor, and sees to what it leaves behind.</summary>
/// <param name="around">What all runs of the batch share.</param>
/// <param name="live">The runs under way.</param>
/// <param name="context">The supervisor's own.</param>
internal sealed class RunSpawner(RunContext around, ActiveRuns live, IActorContext context)
{
    /// <summary>Gives a run an actor, and has its question looked up.</summary>
    public void Start(PermitId permit, ActiveRun started, Run run, RunFact first)
    {
        if (run.Phase.IsUnconfirmed() && first is RunFact.Restarted { IsServiceNew: false })
        {
            // From here and not by the run itself: so that nobody who is admitted after it submits before it.
            around.Throttle.Tell(new ThrottleCommands.MarkUnconfirmed(permit));
        }

        started.Actor = context.ActorOf(
            TaskActor.Props(around, started.Planned, permit, run, first),
            started.ActorName(permit)
        );
        context.WatchWith(started.Actor, new SupervisorFacts.Terminated(permit));
        if (CacheKeyOf(started) is { } question)
        {
            // Asked from here and not by the run itself: so of two runs with one question the first one asks it, always.
            around.ResultCache.Tell(
                run.Phase == RunPhase.Pending
                    ? new ResultCacheCommands.Lookup(question, started.Planned.Index)
                    : new ResultCacheCommands.Resume(question, started.Planned.Index),
                started.Actor
            );
        }
    }

    /// <summary>A run is done: whoever waits for its answer or its permits hears of it.</summary>
    public void Release(PermitId permit, ActiveRun done)
    {
        live.Remove(permit);
        if (CacheKeyOf(done) is { } question)
        {
            around.ResultCache.Tell(new ResultCacheCommands.Release(question, done.Planned.Index));
        }

        around.Throttle.Tell(new ThrottleCommands.ReleaseAll(permit));
    }

    /// <summary>
    /// A run's actor crashed: what the journal has of it is asked for. Its place stays its own: the service may still have
    /// its task, and perhaps its POST was under way.
    /// </summary>
    public void Replay(PermitId permit, ActiveRun crashed)
    {
        around.Throttle.Tell(new ThrottleCommands.MarkUnconfirmed(permit));
        around.Journal.Tell(new JournalCommands.Replay(around.Batch, crashed.Planned.Index));
    }

    /// <summary>The journal tells that no POST of a crashed run was under way: others may submit.</summary>
    public void ReleaseSubmit(PermitId permit, Run run)
    {
        if (!run.Phase.IsUnconfirmed())
        {
            around.Throttle.Tell(new ThrottleCommands.Release(permit, PermitKind.Submit));
        }
    }

    /// <summary>A run that crashes again and again has failed; that is written down, and recalled once more when it is.</summary>
    public void FailAsBug(ActiveRun crashed, Run run)
    {
        var error = new RunError(RunErrorKind.Bug, $"a mistake in this program: {crashed.CrashMessage}");
        var failed = new RunFailed(error, around.Time.GetUtcNow());
        around.Journal.Tell(
            new JournalCommands.Append(new RunEventEntry(around.Batch, crashed.Planned, failed), IsAcknowledged: false)
        );
        around.Progress.Tell(
            new ProgressNotifications.RunMoved(run.Phase.Word(run.TaskState), RunPhase.Failed.Word(default))
        );
        around.Journal.Tell(new JournalCommands.Replay(around.Batch, crashed.Planned.Index));
    }

    private CacheKey? CacheKeyOf(ActiveRun run) =>
        run.Planned.Key is { } key ? new CacheKey(key, around.Results.ExtractionKeyOf(run.Planned)) : null;
}
