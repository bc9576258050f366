namespace AimmsOrchestrator.Domain.Progress;

/// <summary>A run that completed, as progress shows it.</summary>
/// <param name="Index">Its index in the batch, from 0.</param>
/// <param name="Name">Its name.</param>
/// <param name="ResultsJson">A JSON object of its results by name.</param>
public sealed record RunSuccess(long Index, string Name, string ResultsJson);
