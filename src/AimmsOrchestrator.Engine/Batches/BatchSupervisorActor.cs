using System.Diagnostics.CodeAnalysis;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Batches.Rules;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Engine.Actors;
using AimmsOrchestrator.Engine.Cleanup;
using AimmsOrchestrator.Engine.Journaling;
using AimmsOrchestrator.Engine.Progress;
using AimmsOrchestrator.Engine.Runs;
using AimmsOrchestrator.Engine.Throttling;
using Akka.Actor;

namespace AimmsOrchestrator.Engine.Batches;

/// <summary>
/// Takes one batch from its first run to its last. The <see cref="BatchRules"/> decide; this shell does: a fact comes in,
/// and the effects of the decision are performed at once.
/// </summary>
/// <param name="plan">What is to be run, and how.</param>
/// <param name="resume">Where it resumes.</param>
/// <param name="shared">What all runs of the batch share.</param>
/// <param name="others">The batch's other actors.</param>
/// <param name="outcome">Completed with the outcome, once that is on disk.</param>
[SuppressMessage("Design", "CA1001", Justification = "An actor disposes of what it owns in PostStop.")]
internal sealed class BatchSupervisorActor(
    BatchPlan plan,
    ResumePoint resume,
    RunContext shared,
    IReadOnlyList<IActorRef> others,
    TaskCompletionSource<BatchOutcome> outcome
) : BatchActor, IWithTimers
{
    /// <summary>A timer of hours would be late after the machine slept: the time of day is read instead.</summary>
    private static readonly TimeSpan ClockInterval = TimeSpan.FromSeconds(1);

    private readonly ActiveRunActors _runs = new(shared);
    private readonly Warning _stopWhen = new("stop.when", shared.Batch, shared.Journal, shared.Progress, shared.Time);
    private BatchRules _rules = null!;
    private RunCursor? _cursor;
    private EnoughResults _enough = null!;
    private ActorFailures _failures = null!;
    private Batch _batch = new() { Tally = BatchTally.FromStates(resume.CountByState) };

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        try
        {
            Begin();
        }
        catch (Exception e)
        {
            Abandon(e);
            throw;
        }
    }

    /// <summary>It has failed itself: that is how the batch ends.</summary>
    protected override void PreRestart(Exception reason, object message)
    {
        Abandon(reason);
        base.PreRestart(reason, message);
    }

    private void Abandon(Exception reason) =>
        outcome.TrySetResult((_batch with { Stop = BatchStop.OfBug("supervisor", reason) }).Outcome);

    private void Begin()
    {
        _rules = new BatchRules(plan, resume.StartAt(shared.Time.GetUtcNow()));
        _cursor = new RunCursor(plan, resume);
        _enough = new EnoughResults(plan.StopWhen?.Invoke());
        shared.Journal.Tell(new JournalCommands.SubscribeToFailure());
        shared.Throttle.Tell(new ThrottleCommands.SubscribeToOutage());
        _failures = new ActorFailures(Self, shared);
        _failures.Watch(others, Context);
        _batch = _rules.Start;
        foreach (var run in resume.Earlier)
        {
            _enough.Replay(run.Results);
            _stopWhen.Set(_enough.Failure);
            Handle(new BatchFact.TaskCompleted(run.QueueTime, run.RunTime));
        }

        if (_rules.HasDeadline)
        {
            Timers.StartPeriodicTimer("clock", new BatchFact.ClockTicked(), ClockInterval);
        }

        Handle(new BatchFact.Started());
    }

    protected override void PostStop() => _cursor?.Dispose();

    /// <summary>An actor never restarts by itself: the batch decides what becomes of its run.</summary>
    protected override SupervisorStrategy SupervisorStrategy() =>
        new OneForOneStrategy(e =>
        {
            if (_runs.FactOf(Sender, e) is { } crashed)
            {
                Self.Tell(crashed);
            }

            return Directive.Stop;
        });

    protected override void OnReceive(object message)
    {
        BatchFact? fact = message switch
        {
            BatchFact f => f,
            Grant { Kind: PermitKind.Slot } n => new BatchFact.SlotGranted(n.Permit),
            RunNotifications.Ended n => new BatchFact.RunEnded(n.Permit, n.Phase, Enough(n.Results))
            {
                IsCopied = n.IsCopied,
            },
            JournalNotifications.Replayed n => new BatchFact.RunReplayed(n.Index, Run.FromEvents(n.Events)),
            JournalNotifications.Appended => new BatchFact.EndRecorded(),
            ActorNotifications.Failed n => _failures.FactOf(n),
            _ => null,
        };
        if (fact is null)
        {
            Unhandled(message);
            return;
        }

        Handle(fact);
    }

    private void Handle(BatchFact fact)
    {
        var decision = _rules.Integrate(_batch, fact, shared.Time.GetUtcNow());
        _batch = decision.Next;
        foreach (var effect in decision.Effects)
        {
            Perform(effect);
        }
    }

    private void Perform(BatchEffect effect)
    {
        switch (effect)
        {
            case BatchEffect.TakeRun e:
                Handle(_cursor!.Take(e.Permit));
                break;

            case BatchEffect.RecordEnd e:
                var ended = new BatchEnded(shared.Batch, e.Outcome.End, e.Outcome.Reason, shared.Time.GetUtcNow());
                shared.Journal.Tell(new JournalCommands.Append(ended, IsAcknowledged: true));
                break;

            case BatchEffect.PublishDurations e:
                shared.Durations.Publish(e.Typical);
                break;

            case BatchEffect.FinishCleanup:
                shared.Cleanup.Tell(new CleanupCommands.FinishUp());
                break;

            case BatchEffect.Finish e:
                outcome.TrySetResult(e.Outcome);
                Context.Stop(Self);
                break;

            case BatchEffect.ApplyControl e:
                shared.Concurrency.Apply(e.Control.Limits);
                shared.Journal.Tell(new JournalCommands.Limit(e.Control.Limits));
                shared.Throttle.Tell(new ThrottleCommands.Apply(e.Control));
                break;

            case BatchEffect.EndSubmits:
                shared.Throttle.Tell(new ThrottleCommands.EndSubmits());
                break;

            case BatchEffect.CountEnd e:
                Handle(new BatchFact.RunEnded(e.Permit, e.Phase, Enough(results: null)));
                Handle(new BatchFact.RunStopped(e.Permit));
                break;

            default:
                _runs.Perform(effect, Context);
                break;
        }
    }

    private string? Enough(RunResults? results)
    {
        var reason = _enough.Ended(results);
        _stopWhen.Set(_enough.Failure);
        return reason;
    }
}
