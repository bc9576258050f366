namespace AimmsOrchestrator.Reports.Statistics;

/// <summary>The run that others are compared with, and one result of it.</summary>
/// <param name="Run">Its index.</param>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its number for the result.</param>
public sealed record BaseRun(long Run, string Name, double Value);
