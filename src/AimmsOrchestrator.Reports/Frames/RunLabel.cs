namespace AimmsOrchestrator.Reports.Frames;

/// <summary>A run's index and name.</summary>
/// <param name="Index">Its index in the batch, from 0.</param>
/// <param name="Name">Its name.</param>
public sealed record RunLabel(long Index, string Name);
