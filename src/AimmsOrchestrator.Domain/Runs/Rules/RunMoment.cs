using System.Runtime.InteropServices;
using AimmsOrchestrator.Domain.Estimates;

namespace AimmsOrchestrator.Domain.Runs.Rules;

/// <summary>What the rules of a run know of the world when a fact comes in.</summary>
/// <param name="Now">The time, UTC.</param>
/// <param name="Jitter">A number from [0, 1) that draws the wait before a retry.</param>
/// <param name="Typical">The batch's typical durations, for limits that are multiples of them.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct RunMoment(DateTimeOffset Now, double Jitter, TypicalDurations Typical);
