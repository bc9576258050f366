namespace AimmsOrchestrator.Reports.Frames;

/// <summary>A run, as people call it.</summary>
/// <param name="Index">Its place in the batch, from 0.</param>
/// <param name="Name">Its name.</param>
public sealed record RunLabel(long Index, string Name);
