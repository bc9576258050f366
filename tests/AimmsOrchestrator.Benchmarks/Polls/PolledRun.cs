using System.Runtime.InteropServices;
using AimmsOrchestrator.Domain.Polling;

namespace AimmsOrchestrator.Benchmarks.Polls;

/// <summary>A run that is not known to have ended; times in seconds.</summary>
/// <param name="IsChanged">Whether it runs longer than those of the first half.</param>
/// <param name="Start">When it started.</param>
/// <param name="Duration">How long it runs.</param>
/// <param name="Seen">The age at which it was last seen running.</param>
/// <param name="Requests">The polls that it took so far, shares of listings among them.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PolledRun(bool IsChanged, double Start, double Duration, double Seen, double Requests)
{
    public WatchedTask Watched(double now) => new(TimeSpan.FromSeconds(now - Start), SeenRunning);

    /// <summary>A microsecond more than <see cref="Seen"/>: no rounding may poll the same moment twice.</summary>
    public TimeSpan SeenRunning => Seen == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(Seen + PolledBatch.Instant);
}
