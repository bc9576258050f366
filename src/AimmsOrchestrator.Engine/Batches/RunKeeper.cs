using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Engine.Answers;
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
internal sealed class RunKeeper(RunSurroundings around, LiveRuns live, IActorContext context)
{
    /// <summary>Gives a run an actor, and has its question looked up.</summary>
    public void Start(PermitId permit, LiveRun started, Run run, RunFact first)
    {
        if (run.Phase.IsUnsettled() && first is RunFact.Restarted { IsServiceNew: false })
        {
            // From here and not by the run itself: so that nobody who is admitted after it submits before it.
            around.Throttle.Tell(new ThrottleCommands.Unsettle(permit));
        }

        started.Actor = context.ActorOf(
            TaskActor.Props(around, started.Planned, permit, run, first),
            started.ActorName(permit)
        );
        context.WatchWith(started.Actor, new SupervisorFacts.Gone(permit));
        if (QuestionOf(started) is { } question)
        {
            // Asked from here and not by the run itself: so of two runs with one question the first one asks it, always.
            around.Answers.Tell(
                run.Phase == RunPhase.Pending
                    ? new AnswerCommands.Ask(question, started.Planned.Index)
                    : new AnswerCommands.GoOn(question, started.Planned.Index),
                started.Actor
            );
        }
    }

    /// <summary>A run is done: whoever waits for its answer or its permits hears of it.</summary>
    public void Dismiss(PermitId permit, LiveRun done)
    {
        live.Remove(permit);
        if (QuestionOf(done) is { } question)
        {
            around.Answers.Tell(new AnswerCommands.Done(question, done.Planned.Index));
        }

        around.Throttle.Tell(new ThrottleCommands.ReturnAll(permit));
    }

    /// <summary>
    /// A run's actor crashed: what the journal has of it is asked for. Its place stays its own: the service may still have
    /// its task, and perhaps its POST was under way.
    /// </summary>
    public void Recall(PermitId permit, LiveRun crashed)
    {
        around.Throttle.Tell(new ThrottleCommands.Unsettle(permit));
        around.Journal.Tell(new JournalCommands.Recall(around.Batch, crashed.Planned.Index));
    }

    /// <summary>The journal tells that no POST of a crashed run was under way: others may submit.</summary>
    public void ForgetSubmit(PermitId permit, Run run)
    {
        if (!run.Phase.IsUnsettled())
        {
            around.Throttle.Tell(new ThrottleCommands.Return(permit, PermitKind.Submit));
        }
    }

    /// <summary>A run that crashes again and again has failed; that is written down, and recalled once more when it is.</summary>
    public void FailByMistake(LiveRun crashed, Run run)
    {
        var error = new RunError(RunErrorKind.Bug, $"a mistake in this program: {crashed.CrashMessage}");
        var failed = new RunFailed(error, around.Time.GetUtcNow());
        around.Journal.Tell(
            new JournalCommands.Keep(new RunStep(around.Batch, crashed.Planned, failed), IsAwaited: false)
        );
        around.Progress.Tell(
            new ProgressNotifications.RunMoved(run.Phase.Word(run.TaskState), RunPhase.Failed.Word(default))
        );
        around.Journal.Tell(new JournalCommands.Recall(around.Batch, crashed.Planned.Index));
    }

    private AskedQuestion? QuestionOf(LiveRun run) =>
        run.Planned.Key is { } key ? new AskedQuestion(key, around.Results.ReadingOf(run.Planned)) : null;
}
