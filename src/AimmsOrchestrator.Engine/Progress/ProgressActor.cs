using System.Threading.Channels;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Progress;
using AimmsOrchestrator.Engine.Actors;
using Akka.Actor;

namespace AimmsOrchestrator.Engine.Progress;

/// <summary>Coalesces what happens into at most four snapshots per second, for any number of subscribers.</summary>
/// <param name="meter">Counts the runs.</param>
/// <param name="time">The clock.</param>
internal sealed class ProgressActor(ProgressMeter meter, TimeProvider time) : BatchActor, IWithTimers
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly long _start = time.GetTimestamp();
    private readonly List<ChannelWriter<BatchProgress>> _subscribers = [];

    public ITimerScheduler Timers { get; set; } = null!;

    private TimeSpan Now => time.GetElapsedTime(_start);

    protected override void PreStart() => Timers.StartPeriodicTimer(nameof(SnapshotDue), new SnapshotDue(), Interval);

    protected override void PostStop()
    {
        try
        {
            Publish();
        }
        finally
        {
            _subscribers.ForEach(subscriber => subscriber.TryComplete());
        }
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ProgressNotifications.RunMoved n:
                meter.Moved(n.From, n.To);
                break;

            case RunFailure failure:
                meter.Failed(failure);
                break;

            case RunSuccess success:
                meter.Completed(success);
                break;

            case ProgressNotifications.ServiceAway n:
                meter.Away(n.Message);
                break;

            case BatchWarned warned:
                meter.Warned(warned.Subject, warned.Message);
                break;

            case ProgressNotifications.ConcurrencyFound n:
                meter.Concurrency(n.Tasks);
                break;

            case ProgressNotifications.PausedByPerson n:
                meter.Paused(n.Since);
                break;

            case ProgressNotifications.AccountFull n:
                meter.AccountFull(n.Held);
                break;

            case ProgressNotifications.Paused n:
                meter.HeldUntil(Now + n.Duration);
                break;

            case SnapshotDue:
                Publish();
                break;

            case ProgressCommands.Subscribe c:
                _subscribers.Add(c.Snapshots);
                c.Snapshots.TryWrite(meter.Snapshot(Now));
                break;

            case ProgressCommands.Unsubscribe c:
                _subscribers.Remove(c.Snapshots);
                c.Snapshots.TryWrite(meter.Snapshot(Now));
                c.Snapshots.TryComplete();
                break;

            default:
                Unhandled(message);
                break;
        }
    }

    /// <summary>A write never waits: a channel that is full drops its oldest snapshot.</summary>
    private void Publish()
    {
        // Sampled without subscribers too: the rate is measured over the samples.
        var snapshot = meter.Snapshot(Now);
        _subscribers.ForEach(subscriber => subscriber.TryWrite(snapshot));
    }

    private sealed record SnapshotDue;
}
