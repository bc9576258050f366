using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Engine.Polling;
using AimmsOrchestrator.Engine.Throttling;
using Akka.Actor;

namespace AimmsOrchestrator.Engine.Runs;

/// <summary>
/// What a task actor waits for before its next request: a timer, the poller, then a permit. An answer of the poller to an
/// earlier wait is out of date.
/// </summary>
internal sealed class NextRequest(RunContext shared, PermitId permit, ITimerScheduler timers, IActorRef run)
{
    private const string Hint = "hint";

    private int _number;
    private TaskId? _watched;
    private TaskId? _last;

    /// <summary>The request to make once its permit comes; null before the first.</summary>
    public RunEffect.Permitted? Effect { get; private set; }

    /// <summary>Makes the request after its wait.</summary>
    public void Schedule(RunEffect.Permitted effect)
    {
        Effect = effect;
        if (effect.After > TimeSpan.Zero)
        {
            timers.StartSingleTimer(WaitElapsed.Instance, WaitElapsed.Instance, effect.After);
        }
        else
        {
            Acquire();
        }
    }

    /// <summary>Polls the task when the poller says so, and at the latest when a time limit is over.</summary>
    public void Watch(RunEffect.Watch effect)
    {
        Effect = new RunEffect.Poll(effect.Task, TimeSpan.Zero);
        _watched = _last = effect.Task;
        shared.Poller.Tell(new PollerCommands.Watch(++_number, effect.Task, effect.State, effect.Age), run);
        timers.StartSingleTimer(WaitElapsed.Instance, WaitElapsed.Instance, effect.Latest);
    }

    /// <summary>Polls the task now, without the rest of its wait; changes nothing where it does not wait.</summary>
    public void PollNow(TaskId task)
    {
        if (_watched is not null || timers.IsTimerActive(WaitElapsed.Instance))
        {
            Unwatch();
            CancelTimers();
            Schedule(new RunEffect.Poll(task, TimeSpan.Zero));
        }
    }

    /// <summary>Ends the wait for the next poll after this time, unless it ends before; changes nothing where none is waited for.</summary>
    public void PollWithin(TimeSpan after)
    {
        if (Effect is RunEffect.Poll && (_watched is not null || timers.IsTimerActive(WaitElapsed.Instance)))
        {
            if (after > TimeSpan.Zero)
            {
                timers.StartSingleTimer(Hint, WaitElapsed.Instance, after);
            }
            else
            {
                WaitIsOver();
            }
        }
    }

    /// <summary>The wait is over: requests the permit.</summary>
    public void WaitIsOver()
    {
        Unwatch();
        CancelTimers();
        Acquire();
    }

    /// <summary>Takes an answer of the poller, which ends the wait.</summary>
    /// <returns>False where the answer is out of date.</returns>
    public bool Take(int number)
    {
        if (_watched is null || number != _number)
        {
            return false;
        }

        _watched = null;
        CancelTimers();
        return true;
    }

    /// <summary>The poller is to watch no longer.</summary>
    public void Unwatch()
    {
        if (_watched is { } task)
        {
            _watched = null;
            shared.Poller.Tell(new PollerCommands.Unwatch(task));
        }
    }

    /// <summary>The run is over: the poller has nothing to do with its task any more.</summary>
    public void Stop()
    {
        if (_last is { } task)
        {
            shared.Poller.Tell(new PollerCommands.Forget(task));
        }
    }

    private void CancelTimers()
    {
        timers.Cancel(WaitElapsed.Instance);
        timers.Cancel(Hint);
    }

    private void Acquire()
    {
        var kind = Effect is RunEffect.AcquireSubmit ? PermitKind.Submit : PermitKind.Request;
        shared.Throttle.Tell(new ThrottleCommands.Acquire(permit, kind), run);
    }

    /// <summary>A wait is over.</summary>
    internal sealed class WaitElapsed
    {
        public static readonly WaitElapsed Instance = new();
    }
}
