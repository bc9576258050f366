using AimmsOrchestrator.Domain.Policies;
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
    private readonly SubmitWindow? _window;
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly IActorRef _progress;
    private readonly Dictionary<Grant, IActorRef> _askers = [];
    private readonly List<Grant> _grants = [];
    private TimeSpan? _lookAt;

    public ThrottleActor(Limits limits, TimeProvider time, IActorRef progress)
    {
        _ledger = new PermitLedger(limits);
        _window = limits.Window;
        _time = time;
        _start = time.GetTimestamp();
        _progress = progress;
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(Limits limits, TimeProvider time, IActorRef progress) =>
        Akka.Actor.Props.Create<ThrottleActor>(limits, time, progress);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ThrottleCommands.Ask ask:
                _askers[new Grant(ask.Permit, ask.Kind)] = Sender;
                _ledger.Ask(ask.Permit, ask.Kind);
                break;

            case ThrottleCommands.Return back:
                _askers.Remove(new Grant(back.Permit, back.Kind));
                _ledger.Return(back.Permit, back.Kind);
                break;

            case ThrottleCommands.ReturnAll back:
                foreach (var kind in Enum.GetValues<PermitKind>())
                {
                    _askers.Remove(new Grant(back.Permit, kind));
                }

                _ledger.ReturnAll(back.Permit);
                break;

            case ThrottleCommands.HoldBack hold:
                _ledger.HoldUntil(Now + hold.Duration);
                _progress.Tell(new ProgressNotifications.HeldBack(hold.Duration));
                break;

            case TimeToLook:
                _lookAt = null;
                break;

            default:
                Unhandled(message);
                return;
        }

        GrantAll();
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
            Timers.StartSingleTimer(TimeToLook.Instance, TimeToLook.Instance, wait);
        }
    }

    private sealed class TimeToLook
    {
        public static readonly TimeToLook Instance = new();
    }
}
