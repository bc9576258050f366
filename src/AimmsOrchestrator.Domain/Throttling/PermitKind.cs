namespace AimmsOrchestrator.Domain.Throttling;

/// <summary>What a permit allows.</summary>
public enum PermitKind
{
    /// <summary>One of the unfinished tasks at the service.</summary>
    Slot,

    /// <summary>One POST, until its fate is known.</summary>
    Submit,

    /// <summary>One request that is not a POST; used up by being granted.</summary>
    Request,
}
