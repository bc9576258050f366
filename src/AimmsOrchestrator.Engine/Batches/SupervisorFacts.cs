using AimmsOrchestrator.Domain.Throttling;
using Akka.Actor;

namespace AimmsOrchestrator.Engine.Batches;

/// <summary>What happens to a supervisor's runs without their doing, and the passing of time.</summary>
internal static class SupervisorFacts
{
    /// <summary>A task actor is gone, however it went.</summary>
    public sealed record Terminated(PermitId Permit);

    /// <summary>A task actor threw.</summary>
    public sealed record Crashed(IActorRef Actor, Exception Exception);

    /// <summary>The time of day is to be looked at.</summary>
    public sealed class ClockTick
    {
        public static readonly ClockTick Instance = new();
    }
}
