namespace AimmsOrchestrator.Domain.Progress;

/// <summary>A run that failed, as progress shows it.</summary>
/// <param name="Index">Its index in the batch, from 0.</param>
/// <param name="Name">Its name.</param>
/// <param name="Message">Why, in one line.</param>
public sealed record RunFailure(long Index, string Name, string Message);
