using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Cleanup;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Policies;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Engine.Actors;
using AimmsOrchestrator.Engine.Journaling;
using AimmsOrchestrator.Engine.Throttling;
using Akka.Actor;

namespace AimmsOrchestrator.Engine.Cleanup;

/// <summary>
/// Removes finished tasks from the service, one at a time and beside the runs, which do not wait for it. The journal knows
/// the tasks that are left, and the next execution of the batch removes them. Once the runs have ended it gives up where
/// nothing could be removed for a while.
/// </summary>
/// <param name="batch">The batch's number in the journal.</param>
/// <param name="service">Where the tasks are.</param>
/// <param name="journal">Keeps what was removed.</param>
/// <param name="throttle">Grants the requests.</param>
/// <param name="retry">How long to wait after a fault.</param>
/// <param name="left">The tasks that an earlier process left.</param>
internal sealed class CleanupActor(
    long batch,
    ITaskService service,
    IActorRef journal,
    IActorRef throttle,
    RetryPolicy retry,
    IReadOnlyList<RetainedTask> left
) : RequestingActor
{
    private readonly Queue<CleanupCommands.Delete> _waiting = new(
        left.Select(task => new CleanupCommands.Delete(task.Run, task.Task))
    );
    private IActorRef _listener = ActorRefs.Nobody;
    private CleanupState _state = new();
    private bool _isBusy;

    protected override void PreStart() => DeleteNext();

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case CleanupCommands.Delete delete:
                _waiting.Enqueue(delete);
                break;

            case CleanupCommands.FinishUp:
                _listener = Sender;
                Apply(_state.Await());
                break;

            case PatienceOver:
                Apply(_state.PatienceOver(_waiting.Count));
                break;

            case Grant when _waiting.TryPeek(out var next):
                _ = service
                    .DeleteAsync(next.Task, Stopped)
                    .PipeTo(Self, success: reply => new Deleted(reply), failure: e => new Status.Failure(e));
                break;

            case Deleted deleted:
                throttle.Tell(ThrottleCommands.ReportOutcome.From(deleted.Reply.Fault));
                if (_waiting.Count > 0)
                {
                    // Else it was given up while this was under way.
                    Apply(_state.Answered(deleted.Reply, retry));
                }

                break;

            case Status.Failure when _waiting.Count > 0:
                Apply(_state.GiveUp());
                break;

            case RetryDue:
                throttle.Tell(new ThrottleCommands.Acquire(PermitId.Cleanup, PermitKind.Request));
                break;

            default:
                Unhandled(message);
                break;
        }

        DeleteNext();
    }

    private void DeleteNext()
    {
        if (_isBusy)
        {
            return;
        }

        if (_waiting.Count > 0)
        {
            _isBusy = true;
            throttle.Tell(new ThrottleCommands.Acquire(PermitId.Cleanup, PermitKind.Request));
        }
        else if (!_listener.IsNobody())
        {
            _listener.Tell(new BatchFact.CleanupFinished(_state.Kept));
            _listener = ActorRefs.Nobody;
            _state = _state.Reported();
        }
    }

    private void Apply(CleanupDecision decision)
    {
        _state = decision.Next;
        foreach (var effect in decision.Effects)
        {
            Perform(effect);
        }
    }

    private void Perform(CleanupEffect effect)
    {
        switch (effect)
        {
            case CleanupEffect.Record:
                var deleted = new TaskDeleted(batch, _waiting.Dequeue().Run);
                journal.Tell(new JournalCommands.Append(deleted, IsAcknowledged: false));
                _isBusy = false;
                break;

            case CleanupEffect.GiveUp:
                _waiting.Dequeue();
                _isBusy = false;
                break;

            case CleanupEffect.GiveAllUp:
                _waiting.Clear();
                _isBusy = false;
                Timers.Cancel(nameof(RetryDue));
                break;

            case CleanupEffect.Repeat e:
                Timers.StartSingleTimer(nameof(RetryDue), new RetryDue(), e.After);
                break;

            case CleanupEffect.PauseFor e:
                throttle.Tell(new ThrottleCommands.PauseFor(e.Duration));
                break;

            case CleanupEffect.HavePatience e:
                Timers.StartSingleTimer(nameof(PatienceOver), new PatienceOver(), e.Duration);
                break;

            default:
                throw new InvalidOperationException($"A cleanup actor has no way to do {effect.GetType().Name}.");
        }
    }

    /// <summary>The service answered, or its fault is known.</summary>
    private sealed record Deleted(Reply<TaskId> Reply);

    private sealed record RetryDue;

    private sealed record PatienceOver;
}
