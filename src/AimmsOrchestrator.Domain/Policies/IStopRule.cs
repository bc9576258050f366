using AimmsOrchestrator.Domain.Results;

namespace AimmsOrchestrator.Domain.Policies;

/// <summary>Whether the results so far are enough. For one thread at a time.</summary>
public interface IStopRule
{
    /// <summary>Another run has ended.</summary>
    /// <param name="results">Its results; null where it failed.</param>
    /// <returns>Why the batch stops; null where it continues.</returns>
    string? Ended(RunResults? results);

    /// <summary>Why the rule could not be evaluated, the first time that it could not: it stops nothing then. Null where it always could.</summary>
    string? Failure { get; }
}
