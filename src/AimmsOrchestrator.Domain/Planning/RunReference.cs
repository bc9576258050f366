using System.Runtime.InteropServices;

namespace AimmsOrchestrator.Domain.Planning;

/// <summary>A run of any batch of the workspace.</summary>
/// <param name="Batch">The batch's number in the workspace.</param>
/// <param name="Run">The run's index in that batch, from 0.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct RunReference(long Batch, long Run);
