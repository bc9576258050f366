using System.Runtime.InteropServices;

namespace AimmsOrchestrator.Domain.Throttling.Concurrency;

/// <summary>What the start of one own task tells.</summary>
/// <param name="At">When it started.</param>
/// <param name="Running">Own tasks that certainly ran then, this one included.</param>
/// <param name="MostRunning">Own tasks that may have run then, where ends and starts are not known exactly.</param>
/// <param name="HasWaited">Whether it waited for a place.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct StartMeasure(TimeSpan At, int Running, int MostRunning, bool HasWaited);
