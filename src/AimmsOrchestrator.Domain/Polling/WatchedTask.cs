using System.Runtime.InteropServices;

namespace AimmsOrchestrator.Domain.Polling;

/// <summary>A task that is not known to have ended.</summary>
/// <param name="Age">Since its start; not negative.</param>
/// <param name="SeenRunning">The age at which it was last seen running; 0 where it never was, at most its age.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct WatchedTask(TimeSpan Age, TimeSpan SeenRunning);
