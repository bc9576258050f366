using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.TaskService.Insight;

namespace AimmsOrchestrator.Domain.Progress;

/// <summary>How long a run under way has been in its state.</summary>
/// <param name="Name">The run's name.</param>
/// <param name="State">Its state.</param>
/// <param name="For">How long.</param>
public sealed record RunWait(string Name, RunState State, TimeSpan For)
{
    /// <summary>How far its solver was when it was last asked; null where that is not known.</summary>
    public SolveStatus? Solve { get; init; }
}
