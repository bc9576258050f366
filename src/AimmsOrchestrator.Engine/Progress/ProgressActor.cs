using AimmsOrchestrator.Domain.Progress;
using Akka.Actor;

namespace AimmsOrchestrator.Engine.Progress;

/// <summary>Turns what happens, however much, into a few snapshots a second for whoever watches.</summary>
internal sealed class ProgressActor : UntypedActor, IWithTimers
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly ProgressMeter _meter;
    private readonly IBatchObserver _observer;
    private readonly TimeProvider _time;
    private readonly long _start;

    public ProgressActor(ProgressMeter meter, IBatchObserver observer, TimeProvider time)
    {
        _meter = meter;
        _observer = observer;
        _time = time;
        _start = time.GetTimestamp();
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(ProgressMeter meter, IBatchObserver observer, TimeProvider time) =>
        Akka.Actor.Props.Create<ProgressActor>(meter, observer, time);

    protected override void PreStart()
    {
        _observer.OnProgress(_meter.Snapshot(Now));
        Timers.StartPeriodicTimer(ShowNow.Instance, ShowNow.Instance, Interval);
    }

    protected override void PostStop() => _observer.OnProgress(_meter.Snapshot(Now));

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ProgressNotifications.RunMoved moved:
                _meter.Moved(moved.From, moved.To);
                break;

            case ProgressNotifications.FailureAdded failed:
                _meter.Failed(failed.Failure);
                break;

            case ProgressNotifications.ResultAdded completed:
                _meter.Completed(completed.Success);
                break;

            case ProgressNotifications.ServiceAway away:
                _meter.Away(away.Message);
                break;

            case ProgressNotifications.Paused held:
                _meter.HeldUntil(Now + held.Duration);
                break;

            case ShowNow:
                _observer.OnProgress(_meter.Snapshot(Now));
                break;

            default:
                Unhandled(message);
                break;
        }
    }

    private TimeSpan Now => _time.GetElapsedTime(_start);

    private sealed class ShowNow
    {
        public static readonly ShowNow Instance = new();
    }
}
