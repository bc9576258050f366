using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;
using Akka.Actor;

namespace AimmsOrchestrator.Engine.Actors;

/// <summary>An actor whose requests to the service are cancelled when it stops.</summary>
[SuppressMessage("Design", "CA1001", Justification = "An actor disposes of what it owns in PostStop.")]
internal abstract class RequestingActor : BatchActor, IWithTimers
{
    private readonly CancellationTokenSource _stopped = new();

    public ITimerScheduler Timers { get; set; } = null!;

    protected CancellationToken Stopped => _stopped.Token;

    /// <summary>A request that throws is a bug, since a port answers with a fault: the actor fails by it.</summary>
    protected override void Unhandled(object message)
    {
        if (message is Status.Failure failure)
        {
            ExceptionDispatchInfo.Throw(failure.Cause);
        }

        base.Unhandled(message);
    }

    protected override void PostStop()
    {
        _stopped.Cancel();
        _stopped.Dispose();
    }
}
