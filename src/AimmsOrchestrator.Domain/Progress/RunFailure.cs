namespace AimmsOrchestrator.Domain.Progress;

/// <summary>A run that failed, as progress shows it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Message">Why, in one line.</param>
public sealed record RunFailure(string Name, string Message);
