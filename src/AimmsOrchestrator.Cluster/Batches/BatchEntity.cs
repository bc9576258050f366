using System.Diagnostics.CodeAnalysis;
using AimmsOrchestrator.Cluster.Messages;
using AimmsOrchestrator.Domain.Cluster;
using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Event;

namespace AimmsOrchestrator.Cluster.Batches;

/// <summary>
/// Stands for one batch on the node that should drive it: has this node's driver take it over when it is woken, and leave it when the
/// batch moves to another node. It ends with the execution. Whether the driver may is the database's decision.
/// </summary>
/// <param name="batch">The batch's number in the journal.</param>
/// <param name="driver">Drives batches on this node.</param>
[SuppressMessage("Design", "CA1001", Justification = "An actor disposes of what it owns in PostStop.")]
internal sealed class BatchEntity(long batch, IBatchDriver driver) : UntypedActor, IWithTimers
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly CancellationTokenSource _stopped = new();
    private Task<DriveAnswer>? _start;
    private TimeSpan _wait = FirstWait;
    private long _epoch = -1;
    private Wake? _next;
    private bool _isDriving;
    private bool _isHandedOver;

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(long batch, IBatchDriver driver) =>
        Akka.Actor.Props.Create(() => new BatchEntity(batch, driver));

    protected override void PostStop()
    {
        _stopped.Cancel();
        _stopped.Dispose();
        if (_isDriving || _start is not null)
        {
            _ = LeaveUnaskedAsync(_start);
        }
    }

    /// <summary>Waits to be woken.</summary>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Wake wake when wake.Epoch >= _epoch && !Timers.IsTimerActive(nameof(WaitOver)):
                Start(wake);
                break;

            case Wake:
                break;

            case WaitOver:
                break;

            case HandOver:
                Context.Stop(Self);
                break;

            default:
                Unhandled(message);
                break;
        }
    }

    private void Starting(object message)
    {
        switch (message)
        {
            case Wake:
                break;

            case HandOver:
                _isHandedOver = true;
                _stopped.Cancel();
                break;

            case Started(DriveAnswer.Driving driving):
                (_start, _isDriving, _epoch) = (null, true, driving.Epoch);
                _ = driving.Ended.PipeTo(
                    Self,
                    success: () => new Ended(Reason: null, driving.Epoch),
                    failure: e => new Ended(e.Message, driving.Epoch)
                );
                Become(Driving);
                if (_isHandedOver)
                {
                    Leave();
                }

                break;

            case Started(DriveAnswer.Failed failed):
                _start = null;
                Fail(failed.Reason);
                break;

            case Started:
                _start = null;
                End();
                break;

            default:
                Unhandled(message);
                break;
        }
    }

    private void Driving(object message)
    {
        switch (message)
        {
            // Another node has taken it over since, and is gone as well: the driver here cannot write any more.
            case Wake wake when wake.Epoch > _epoch:
                _next = wake;
                Leave();
                break;

            case Wake:
                break;

            case HandOver:
                _isHandedOver = true;
                Leave();
                break;

            case Ended ended when ended.Epoch != _epoch:
                break;

            case Ended ended:
                _isDriving = false;
                if (ended.Reason is null)
                {
                    End();
                }
                else
                {
                    Fail(ended.Reason);
                }

                break;

            default:
                Unhandled(message);
                break;
        }
    }

    private void Leaving(object message)
    {
        switch (message)
        {
            case Wake or Ended:
                break;

            case HandOver:
                _isHandedOver = true;
                break;

            case Left left:
                if (left.Failure is not null)
                {
                    _log.Warning("Batch {0} could not be left in order: {1}", batch, left.Failure);
                }

                LeftBehind();
                break;

            default:
                Unhandled(message);
                break;
        }
    }

    private void Start(Wake wake)
    {
        _epoch = wake.Epoch;
        _start = StartAsync(new LeftBatch(batch, wake.Epoch));
        _ = _start.PipeTo(
            Self,
            success: answer => new Started(answer),
            failure: e => new Started(new DriveAnswer.Failed(e.Message))
        );
        Become(Starting);
    }

    private async Task<DriveAnswer> StartAsync(LeftBatch left) =>
        await driver.DriveAsync(left, _stopped.Token).ConfigureAwait(false);

    private void Leave()
    {
        _ = LeaveAsync().PipeTo(Self, success: () => new Left(Failure: null), failure: e => new Left(e.Message));
        Become(Leaving);
    }

    private async Task LeaveAsync() => await driver.LeaveAsync(batch).ConfigureAwait(false);

    private void LeftBehind()
    {
        _isDriving = false;
        if (_next is { } next && !_isHandedOver)
        {
            _next = null;
            Start(next);
        }
        else
        {
            End();
        }
    }

    /// <summary>What goes wrong may go wrong again: the next attempt waits, and the one after that longer.</summary>
    private void Fail(string reason)
    {
        _log.Warning("Batch {0} cannot be driven: {1}", batch, reason);
        if (_isHandedOver)
        {
            End();
            return;
        }

        Timers.StartSingleTimer(nameof(WaitOver), new WaitOver(), _wait);
        _wait = _wait * 2 > LongestWait ? LongestWait : _wait * 2;
        Become(OnReceive);
    }

    /// <summary>The shard stops it, and starts another one where it was woken again meanwhile.</summary>
    private void End()
    {
        if (_isHandedOver)
        {
            Context.Stop(Self);
        }
        else
        {
            Become(Ending);
            Context.Parent.Tell(new Passivate(HandOver.Instance));
        }
    }

    /// <summary>What comes from now on the shard has for the next one.</summary>
    private void Ending(object message)
    {
        if (message is HandOver)
        {
            Context.Stop(Self);
        }
    }

    /// <summary>However it was stopped, this node leaves the batch.</summary>
    private async Task LeaveUnaskedAsync(Task<DriveAnswer>? start)
    {
        try
        {
            if (start is null || await start.ConfigureAwait(false) is DriveAnswer.Driving)
            {
                await driver.LeaveAsync(batch).ConfigureAwait(false);
            }
        }
        catch (Exception e)
        {
            _log.Warning("Batch {0} could not be left in order: {1}", batch, e.Message);
        }
    }

    /// <summary>Command: leave the batch in order, then end.</summary>
    internal sealed record HandOver : INoSerializationVerificationNeeded
    {
        public static HandOver Instance { get; } = new();
    }

    private sealed record Started(DriveAnswer Answer) : INoSerializationVerificationNeeded;

    private sealed record Ended(string? Reason, long Epoch) : INoSerializationVerificationNeeded;

    private sealed record Left(string? Failure) : INoSerializationVerificationNeeded;

    private sealed record WaitOver : INoSerializationVerificationNeeded;
}
