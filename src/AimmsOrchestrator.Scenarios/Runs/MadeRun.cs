using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Scenarios.Sweeps;

namespace AimmsOrchestrator.Scenarios.Runs;

/// <summary>A run, and why it cannot be sent; null where it can.</summary>
internal sealed record MadeRun(PlannedRun Run, Defect? Defect);
