using System.Runtime.InteropServices;

namespace AimmsOrchestrator.Benchmarks.Polls;

/// <summary>A run whose end was noticed.</summary>
/// <param name="IsChanged">Whether it ran longer than those of the first half.</param>
/// <param name="Requests">The polls that it took, shares of listings among them.</param>
/// <param name="Lateness">From its end to the poll that found it, in seconds.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct NoticedRun(bool IsChanged, double Requests, double Lateness)
{
    public double Cost(double price) => (Requests * price) + Lateness;
}
