using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Policies;
using AimmsOrchestrator.Domain.Runs.Rules;
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
    /// <summary>A batch that is done does not wait longer for a service that removes nothing.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    private readonly Queue<CleanupCommands.Delete> _waiting = new(
        left.Select(task => new CleanupCommands.Delete(task.Run, task.Task))
    );
    private IActorRef _listener = ActorRefs.Nobody;
    private bool _isBusy;
    private int _faults;
    private int _kept;

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
                HavePatience();
                break;

            case PatienceOver:
                _kept += _waiting.Count;
                _waiting.Clear();
                _isBusy = false;
                Timers.Cancel(nameof(RetryDue));
                break;

            case Grant when _waiting.TryPeek(out var next):
                _ = service
                    .DeleteAsync(next.Task, Stopped)
                    .PipeTo(Self, success: reply => new Deleted(reply), failure: e => new Status.Failure(e));
                break;

            case Deleted deleted:
                Handle(deleted.Reply);
                break;

            case Status.Failure when _waiting.Count > 0:
                GiveUp();
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
            _listener.Tell(new BatchFact.CleanupFinished(_kept));
            _listener = ActorRefs.Nobody;
        }
    }

    private void Handle(Reply<TaskId> reply)
    {
        throttle.Tell(ThrottleCommands.ReportOutcome.From(reply.Fault));
        if (_waiting.Count == 0)
        {
            // It was given up while this was under way.
            return;
        }

        // A task that is not there is removed.
        if (reply.IsSuccess || reply.Fault.Kind == FaultKind.Unknown)
        {
            journal.Tell(
                new JournalCommands.Append(new TaskDeleted(batch, _waiting.Dequeue().Run), IsAcknowledged: false)
            );
            (_isBusy, _faults) = (false, 0);
            HavePatience();
            return;
        }

        _faults++;
        if (
            reply.Fault.Kind is FaultKind.WrongRequest or FaultKind.Refused or FaultKind.Misdirected
            || _faults >= RunRules.MaxConsecutiveFaults
        )
        {
            GiveUp();
            return;
        }

        if (reply.Fault.Pause is { } pause)
        {
            throttle.Tell(new ThrottleCommands.PauseFor(pause));
        }

        // No run waits for it: the longest wait that the policy has for this number of faults will do.
        Timers.StartSingleTimer(nameof(RetryDue), new RetryDue(), retry.WaitAfter(_faults, jitter: 1));
    }

    private void HavePatience()
    {
        if (!_listener.IsNobody())
        {
            Timers.StartSingleTimer(nameof(PatienceOver), new PatienceOver(), Patience);
        }
    }

    private void GiveUp()
    {
        _waiting.Dequeue();
        _kept++;
        (_isBusy, _faults) = (false, 0);
    }

    /// <summary>The service answered, or its fault is known.</summary>
    private sealed record Deleted(Reply<TaskId> Reply);

    private sealed record RetryDue;

    private sealed record PatienceOver;
}
