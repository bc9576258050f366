using AimmsOrchestrator.Domain.Policies;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Engine.Progress;
using Akka.Actor;

namespace AimmsOrchestrator.Engine.Throttling;

/// <summary>
/// Keeps everything that goes to one service within its limits. The rules are the <see cref="PermitLedger"/>'s; this
/// shell knows the time, who asked, and when to look again.
/// </summary>
internal sealed class ThrottleActor : UntypedActor, IWithTimers
{
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(1);

    private readonly PermitLedger _ledger;
    private readonly CircuitBreaker _breaker;
    private readonly Func<Task<ServiceFault?>> _probe;
    private readonly SubmitWindow? _window;
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly IActorRef _progress;
    private readonly Dictionary<Grant, IActorRef> _askers = [];
    private readonly List<Grant> _grants = [];
    private IActorRef _listener = ActorRefs.Nobody;
    private TimeSpan? _lookAt;

    public ThrottleActor(
        Limits limits,
        CircuitBreaker breaker,
        Func<Task<ServiceFault?>> probe,
        TimeProvider time,
        IActorRef progress
    )
    {
        _ledger = new PermitLedger(limits);
        _breaker = breaker;
        _probe = probe;
        _window = limits.Window;
        _time = time;
        _start = time.GetTimestamp();
        _progress = progress;
    }

    public ITimerScheduler Timers { get; set; } = null!;

    /// <param name="limits">What may be asked of the service at most.</param>
    /// <param name="breaker">Notices when the service is away.</param>
    /// <param name="probe">Asks the service something that costs it nothing, while it is away; null where it answers.</param>
    /// <param name="time">The clock.</param>
    /// <param name="progress">Shows what holds everybody back.</param>
    public static Props Props(
        Limits limits,
        CircuitBreaker breaker,
        Func<Task<ServiceFault?>> probe,
        TimeProvider time,
        IActorRef progress
    ) => Akka.Actor.Props.Create<ThrottleActor>(limits, breaker, probe, time, progress);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ThrottleCommands.Acquire ask:
                _askers[new Grant(ask.Permit, ask.Kind)] = Sender;
                _ledger.Acquire(ask.Permit, ask.Kind);
                break;

            case ThrottleCommands.Release back:
                _askers.Remove(new Grant(back.Permit, back.Kind));
                _ledger.Release(back.Permit, back.Kind);
                break;

            case ThrottleCommands.ReleaseAll back:
                foreach (var kind in Enum.GetValues<PermitKind>())
                {
                    _askers.Remove(new Grant(back.Permit, kind));
                }

                _ledger.ReleaseAll(back.Permit);
                break;

            case ThrottleCommands.PauseFor hold:
                _ledger.PauseUntil(Now + hold.Duration);
                _progress.Tell(new ProgressNotifications.Paused(hold.Duration));
                break;

            case GrantDue:
                _lookAt = null;
                break;

            default:
                if (!HandlesService(message))
                {
                    return;
                }

                break;
        }

        GrantAll();
    }

    /// <summary>What concerns the service, or all submits.</summary>
    /// <returns>Whether something may be granted now that was not before.</returns>
    private bool HandlesService(object message)
    {
        switch (message)
        {
            case ThrottleCommands.ReportOutcome { Outage: null } when !_ledger.IsClosed:
                // The usual case, three times a run.
                _breaker.Answered();
                return false;

            case ThrottleCommands.ReportOutcome heard:
                return IsBack(heard.Outage, isProbe: false);

            case ProbeAnswered probe:
                return IsBack(probe.Outage, isProbe: true);

            case ProbeDue:
                _ = _probe()
                    .PipeTo(
                        Self,
                        success: fault => new ProbeAnswered(fault),
                        failure: e => new ProbeAnswered(new ServiceFault(FaultKind.Unreachable, e.Message))
                    );
                return false;

            case ThrottleCommands.SubscribeToOutage:
                _listener = Sender;
                return false;

            case ThrottleCommands.MarkUnconfirmed unsettle:
                _ledger.MarkUnconfirmed(unsettle.Permit);
                return false;

            case ThrottleCommands.EndSubmits:
                _ledger.HaveSubmitsEnded = true;
                return false;

            default:
                Unhandled(message);
                return false;
        }
    }

    private bool IsBack(ServiceFault? outage, bool isProbe)
    {
        if (outage is null)
        {
            _breaker.Answered();
            _ledger.IsClosed = false;
            Timers.Cancel(ProbeDue.Instance);
            _progress.Tell(new ProgressNotifications.ServiceAway(Message: null));
            return true;
        }

        var known = _breaker.ProbeAt;
        switch (_breaker.Failed(Now, isProbe))
        {
            case BreakerVerdict.GiveUp:
                _listener.Tell(new ThrottleNotifications.ServiceNeverReachable(outage));
                break;

            case BreakerVerdict.Wait when _breaker.ProbeAt is { } next && next != known:
                _ledger.IsClosed = true;
                Timers.StartSingleTimer(ProbeDue.Instance, ProbeDue.Instance, next - Now);
                _progress.Tell(new ProgressNotifications.ServiceAway(outage.Message));
                break;
        }

        return false;
    }

    private TimeSpan Now => _time.GetElapsedTime(_start);

    private void GrantAll()
    {
        if (_window is not null)
        {
            _ledger.SubmitFrom(Now + _window.UntilOpen(_time.GetUtcNow()));
        }

        _grants.Clear();
        _ledger.GrantAll(Now, _grants);
        foreach (var grant in _grants)
        {
            if (_askers.Remove(grant, out var asker))
            {
                asker.Tell(new ThrottleNotifications.Granted(grant.Permit, grant.Kind));
            }
        }

        var now = Now;
        if (_ledger.NextGrantAt(now) is { } next && (_lookAt is null || next < _lookAt))
        {
            _lookAt = next;
            // A timer that fires a moment early would find nothing to grant: round up.
            var wait = next > now ? next - now + ShortestWait : ShortestWait;
            Timers.StartSingleTimer(GrantDue.Instance, GrantDue.Instance, wait);
        }
    }

    private sealed class GrantDue
    {
        public static readonly GrantDue Instance = new();
    }

    private sealed class ProbeDue
    {
        public static readonly ProbeDue Instance = new();
    }

    private sealed record ProbeAnswered(ServiceFault? Outage);
}
