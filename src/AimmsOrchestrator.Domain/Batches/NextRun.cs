using System.Runtime.InteropServices;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Runs;

namespace AimmsOrchestrator.Domain.Batches;

/// <summary>The run that begins or resumes next.</summary>
/// <param name="Planned">What it is.</param>
/// <param name="Run">Where it stands.</param>
/// <param name="HasBegun">Whether an earlier execution began it.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct NextRun(PlannedRun Planned, Run Run, bool HasBegun);
