using AimmsOrchestrator.Domain.Polling;
using AimmsOrchestrator.Domain.Polling.Hooks;
using AimmsOrchestrator.Domain.Polling.Lists;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Engine.Actors;
using AimmsOrchestrator.Engine.Throttling;
using Akka.Actor;

namespace AimmsOrchestrator.Engine.Polling;

/// <summary>
/// Notices that tasks have ended. <see cref="PollSchedule"/> decides when to read the service's list and when to have a task
/// polled by its own actor; this shell knows the time and the actors, and reads the list.
/// </summary>
/// <param name="budget">What a request may cost.</param>
/// <param name="service">The service with the list.</param>
/// <param name="throttle">Grants the requests.</param>
/// <param name="time">The clock.</param>
/// <param name="earlier">How long tasks of earlier batches of the service took, once that is read.</param>
internal sealed class PollerActor(
    PollBudget budget,
    ITaskService service,
    IActorRef throttle,
    TimeProvider time,
    Task<IReadOnlyList<TaskTimes>> earlier
) : RequestingActor
{
    private readonly HookTrust _hooks = new();
    private readonly Dictionary<TaskId, IActorRef> _watchers = [];
    private readonly long _start = time.GetTimestamp();
    private PollSchedule _schedule = null!;
    private ListWalk? _walk;
    private TimeSpan _askedAt;
    private TimeSpan? _planDueAt;

    /// <summary>Of the clock: the actor system's timers come up to 10 ms late, and every end would be noticed that much later.</summary>
    private ITimer? _timer;

    private TimeSpan Now => time.GetElapsedTime(_start);

    protected override void PreStart()
    {
        var self = Self;
        _schedule = new PollSchedule(budget, _hooks);
        _timer = time.CreateTimer(
            _ => self.Tell(PlanDue.Instance),
            state: null,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan
        );
        _ = earlier.PipeTo(self, success: times => new Earlier(times), failure: _ => new Earlier([]));
    }

    protected override void PostStop()
    {
        _timer?.Dispose();
        base.PostStop();
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case PollerCommands.Watch c:
                var now = Now;
                _watchers[c.Task] = Sender;
                _schedule.Watch(new TaskWatch(c.Number, c.Task, c.State, now - c.Age), now);
                break;

            case PollerCommands.Unwatch c:
                _watchers.Remove(c.Task);
                _schedule.Unwatch(c.Task, Now);
                return;

            case PollerCommands.Forget c:
                _watchers.Remove(c.Task);
                _schedule.Forget(c.Task);
                return;

            case PollerCommands.AddDurations c:
                _schedule.Ended(c.Task, c.Queue, c.Run);
                if (c.Hook is { } hook)
                {
                    _hooks.Found(hook, Now);
                }

                return;

            case PollerCommands.AnnounceEnd c:
                _hooks.Announced(c.Hook);
                return;

            case Earlier known:
                _schedule.Remember(known.Times);
                break;

            case PlanDue:
                _planDueAt = null;
                break;

            case Grant when _walk is { } walk:
                AskForPage(walk);
                return;

            case Listed listed when _walk is { } walk:
                Take(walk, listed.Reply);
                break;

            default:
                Unhandled(message);
                return;
        }

        Plan();
    }

    private void Plan()
    {
        var now = Now;
        var plan = _schedule.Plan(now, isListing: _walk is not null);
        foreach (var task in plan.Polls)
        {
            Answer(task, new PollerNotifications.PollDue(task.Number));
        }

        if (plan.IsListDue)
        {
            var watched = _schedule.Watched.Select(task => task.Task);
            _walk = new ListWalk(watched, (2 * _schedule.List.Requests(_schedule.Watched.Count)) + 2);
            throttle.Tell(new ThrottleCommands.Acquire(PermitId.Poller, PermitKind.Request));
        }

        if (plan.Wait is { } wait && !(_planDueAt <= now + wait))
        {
            _planDueAt = now + wait;

            // The clock's timers count whole milliseconds: one that fires a moment early would find nothing due.
            _timer!.Change(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), Timeout.InfiniteTimeSpan);
        }
    }

    private void AskForPage(ListWalk walk)
    {
        if (walk.Pages == 0)
        {
            _askedAt = Now;
        }

        _ = service
            .ListAsync(walk.Next, Stopped)
            .PipeTo(Self, success: reply => new Listed(reply), failure: e => new Status.Failure(e));
    }

    private void Take(ListWalk walk, Reply<TaskPage> reply)
    {
        throttle.Tell(ThrottleCommands.ReportOutcome.From(reply.Fault));
        if (!reply.IsSuccess)
        {
            _walk = null;
            _schedule.List.Failed(reply.Fault, Now);
            _schedule.ListIsRead();
            return;
        }

        walk.Add(reply.Value);
        foreach (var snapshot in reply.Value.Tasks)
        {
            if (_schedule.Listed(snapshot, _askedAt) is { } changed)
            {
                object answer =
                    snapshot.State.IsEnded() && !snapshot.TellsItsEnd
                        ? new PollerNotifications.PollDue(changed.Number)
                        : new PollerNotifications.Listed(changed.Number, snapshot);
                Answer(changed, answer);
            }
        }

        if (!walk.IsOver)
        {
            throttle.Tell(new ThrottleCommands.Acquire(PermitId.Poller, PermitKind.Request));
            return;
        }

        _walk = null;
        _schedule.List.Walked(walk.Pages, walk.Count, walk.Deepest, _schedule.Watched.Count, walk.IsPaged);
        foreach (var missing in walk.Missing)
        {
            _schedule.Missed(missing);
        }

        _schedule.ListIsRead();
    }

    private void Answer(TaskWatch task, object answer)
    {
        if (_watchers.Remove(task.Task, out var watcher))
        {
            watcher.Tell(answer);
        }
    }

    private sealed record Earlier(IReadOnlyList<TaskTimes> Times);

    /// <summary>A page arrived, or its fault.</summary>
    private sealed record Listed(Reply<TaskPage> Reply);

    private sealed class PlanDue
    {
        public static readonly PlanDue Instance = new();
    }
}
