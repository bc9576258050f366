using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Engine.Throttling;
using Akka.Actor;

namespace AimmsOrchestrator.Engine.Batches;

/// <summary>The places at the service that a supervisor has asked for and not got yet, each for a run that is not made before.</summary>
/// <param name="throttle">Grants them, to the supervisor.</param>
internal sealed class SlotRequests(IActorRef throttle)
{
    private readonly HashSet<PermitId> _asked = [];
    private long _last;

    /// <summary>How many are open.</summary>
    public int Count => _asked.Count;

    public void Request()
    {
        var permit = new PermitId(++_last);
        _asked.Add(permit);
        throttle.Tell(new ThrottleCommands.Acquire(permit, PermitKind.Slot));
    }

    /// <summary>A place was granted; false where it was withdrawn in the meantime.</summary>
    public bool TryAccept(PermitId permit) => _asked.Remove(permit);

    /// <summary>No place is wanted any more.</summary>
    public void Cancel()
    {
        foreach (var permit in _asked)
        {
            throttle.Tell(new ThrottleCommands.ReleaseAll(permit));
        }

        _asked.Clear();
    }
}
