using System.Runtime.InteropServices;

namespace AimmsOrchestrator.Domain.Throttling;

/// <summary>A permit that was just granted: what the throttle answers to the actor that asked.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Grant(PermitId Permit, PermitKind Kind);
