using System.Diagnostics.CodeAnalysis;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Policies;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Engine.Journaling;
using AimmsOrchestrator.Engine.Throttling;
using Akka.Actor;

namespace AimmsOrchestrator.Engine.Cleanup;

/// <summary>
/// Deletes finished tasks at the service, one at a time and in the background. The journal knows what is left; the next
/// execution of the batch deletes it.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "An actor disposes of what it owns in PostStop.")]
internal sealed class CleanupActor : UntypedActor, IWithTimers
{
    /// <summary>Its requests count against the limits like any other; runs have the permits from 1 on.</summary>
    private static readonly PermitId Permit = new(-1);

    private readonly long _batch;
    private readonly ITaskService _service;
    private readonly IActorRef _journal;
    private readonly IActorRef _throttle;
    private readonly RetryPolicy _retry;
    private readonly CancellationTokenSource _stopped = new();
    private readonly Queue<CleanupCommands.Delete> _waiting = [];
    private IActorRef _listener = ActorRefs.Nobody;
    private bool _isBusy;
    private int _faults;
    private int _kept;

    public CleanupActor(
        long batch,
        ITaskService service,
        IActorRef journal,
        IActorRef throttle,
        RetryPolicy retry,
        IReadOnlyList<RetainedTask> left
    )
    {
        _batch = batch;
        _service = service;
        _journal = journal;
        _throttle = throttle;
        _retry = retry;
        foreach (var task in left)
        {
            _waiting.Enqueue(new CleanupCommands.Delete(task.Run, task.Task));
        }
    }

    public ITimerScheduler Timers { get; set; } = null!;

    /// <param name="batch">The batch's number in the journal.</param>
    /// <param name="service">The service with the tasks.</param>
    /// <param name="journal">Appends the deletions.</param>
    /// <param name="throttle">Grants the requests.</param>
    /// <param name="retry">The waits after a fault.</param>
    /// <param name="left">What earlier executions left to delete.</param>
    public static Props Props(
        long batch,
        ITaskService service,
        IActorRef journal,
        IActorRef throttle,
        RetryPolicy retry,
        IReadOnlyList<RetainedTask> left
    ) => Akka.Actor.Props.Create<CleanupActor>(batch, service, journal, throttle, retry, left);

    protected override void PreStart() => DeleteNext();

    protected override void PostStop()
    {
        _stopped.Cancel();
        _stopped.Dispose();
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case CleanupCommands.Delete delete:
                _waiting.Enqueue(delete);
                break;

            case CleanupCommands.FinishUp:
                _listener = Sender;
                break;

            case ThrottleNotifications.Granted when _waiting.TryPeek(out var next):
                _ = _service
                    .DeleteAsync(next.Task, _stopped.Token)
                    .PipeTo(Self, success: reply => new Deleted(reply), failure: e => new Status.Failure(e));
                break;

            case Deleted deleted:
                Handle(deleted.Reply);
                break;

            case Status.Failure:
                GiveUp();
                break;

            case RetryDue:
                _throttle.Tell(new ThrottleCommands.Acquire(Permit, PermitKind.Request));
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
            _throttle.Tell(new ThrottleCommands.Acquire(Permit, PermitKind.Request));
        }
        else if (!_listener.IsNobody())
        {
            _listener.Tell(new CleanupNotifications.Done(_kept));
            _listener = ActorRefs.Nobody;
        }
    }

    private void Handle(Reply<TaskId> reply)
    {
        _throttle.Tell(ThrottleCommands.ReportOutcome.From(reply.Fault));

        // An unknown task is deleted already.
        if (reply.IsSuccess || reply.Fault.Kind == FaultKind.Unknown)
        {
            _journal.Tell(
                new JournalCommands.Append(new TaskDeleted(_batch, _waiting.Dequeue().Run), IsAcknowledged: false)
            );
            (_isBusy, _faults) = (false, 0);
            return;
        }

        _faults++;
        if (reply.Fault.Kind is FaultKind.WrongRequest or FaultKind.Refused || _faults >= RunRules.MaxConsecutiveFaults)
        {
            GiveUp();
            return;
        }

        if (reply.Fault.RetryAfter is { } wait)
        {
            _throttle.Tell(new ThrottleCommands.PauseFor(wait));
        }

        // No run waits for it: the policy's longest wait after this number of faults is good enough.
        Timers.StartSingleTimer(RetryDue.Instance, RetryDue.Instance, _retry.WaitAfter(_faults, chance: 1));
    }

    private void GiveUp()
    {
        _waiting.Dequeue();
        _kept++;
        (_isBusy, _faults) = (false, 0);
    }

    /// <summary>The service's answer, or its fault.</summary>
    private sealed record Deleted(Reply<TaskId> Reply);

    private sealed class RetryDue
    {
        public static readonly RetryDue Instance = new();
    }
}
