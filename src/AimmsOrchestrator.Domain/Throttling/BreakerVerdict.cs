namespace AimmsOrchestrator.Domain.Throttling;

/// <summary>What follows from a request that did not reach the service.</summary>
public enum BreakerVerdict
{
    /// <summary>Requests continue.</summary>
    GoOn,

    /// <summary>Nothing is sent but a probe now and then, until one is answered.</summary>
    Wait,

    /// <summary>The service was never there: waiting for it would only hide a wrong address.</summary>
    GiveUp,
}
