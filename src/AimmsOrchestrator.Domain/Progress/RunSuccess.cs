namespace AimmsOrchestrator.Domain.Progress;

/// <summary>A run that completed, as progress shows it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ResultsJson">A JSON object of its results by name.</param>
public sealed record RunSuccess(string Name, string ResultsJson)
{
    /// <summary>Whether its result is the best that an interrupted solver had.</summary>
    public bool IsIncumbent { get; init; }
}
