using AimmsOrchestrator.Domain.Throttling;

namespace AimmsOrchestrator.Engine.Throttling;

/// <summary>What the throttle is told to do.</summary>
internal static class ThrottleCommands
{
    /// <summary>The sender wants a permit; <see cref="ThrottleNotifications.Granted"/> comes when it has it.</summary>
    public sealed record Ask(PermitId Permit, PermitKind Kind);

    /// <summary>A permit comes back, or is no longer wanted.</summary>
    public sealed record Return(PermitId Permit, PermitKind Kind);

    /// <summary>A run is over or gone: all its permits come back.</summary>
    public sealed record ReturnAll(PermitId Permit);

    /// <summary>Nobody sends anything for a while.</summary>
    public sealed record HoldBack(TimeSpan Duration);
}

/// <summary>What the throttle tells.</summary>
internal static class ThrottleNotifications
{
    /// <summary>A permit was granted to the one who asked.</summary>
    public sealed record Granted(PermitId Permit, PermitKind Kind);
}
