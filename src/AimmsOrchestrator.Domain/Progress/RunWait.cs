using AimmsOrchestrator.Domain.Runs;

namespace AimmsOrchestrator.Domain.Progress;

/// <summary>How long a run under way has been in its state.</summary>
/// <param name="Name">The run's name.</param>
/// <param name="State">Its state.</param>
/// <param name="For">How long.</param>
public sealed record RunWait(string Name, RunState State, TimeSpan For);
