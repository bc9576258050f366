using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Throttling;
using Akka.Actor;

namespace AimmsOrchestrator.Engine.Batches;

/// <summary>A run under way, as its supervisor sees it.</summary>
internal sealed class ActiveRun(PlannedRun planned)
{
    public PlannedRun Planned { get; } = planned;

    public IActorRef Actor { get; set; } = ActorRefs.Nobody;

    public int Crashes { get; set; }

    public string? CrashMessage { get; set; }

    /// <summary>Whether its actor said that it is done, before it went.</summary>
    public bool IsDone { get; set; }

    /// <summary>Ordinals, never a person's text; a crashed actor's name is not used again.</summary>
    public string ActorName(PermitId permit) => $"run-{permit.Value}-{Crashes}";
}
