using System.Runtime.InteropServices;

namespace AimmsOrchestrator.Domain.TaskService;

/// <summary>How long a task took, as the service says.</summary>
/// <param name="Queue">In the service's queue.</param>
/// <param name="Run">From start to end.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TaskTimes(TimeSpan Queue, TimeSpan Run);
