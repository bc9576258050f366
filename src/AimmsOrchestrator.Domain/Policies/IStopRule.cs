using AimmsOrchestrator.Domain.Results;

namespace AimmsOrchestrator.Domain.Policies;

/// <summary>Whether the results so far answer the question already. For one thread at a time.</summary>
public interface IStopRule
{
    /// <summary>Another run has ended.</summary>
    /// <param name="results">Its figures; null where it failed.</param>
    /// <returns>Why the batch stops; null where it goes on.</returns>
    string? Ended(RunResults? results);
}
