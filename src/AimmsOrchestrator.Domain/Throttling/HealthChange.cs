using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Domain.Throttling;

/// <summary>What the outcome of a request changes about the service's availability.</summary>
public abstract record HealthChange
{
    private HealthChange() { }

    /// <summary>The service is reachable again.</summary>
    public sealed record Back : HealthChange;

    /// <summary>The service is away: nothing is sent but a probe after a wait.</summary>
    public sealed record Away(TimeSpan ProbeAfter, string Message) : HealthChange;

    /// <summary>The service cannot be reached and never could.</summary>
    public sealed record NeverReachable(ServiceFault Fault) : HealthChange;
}
