using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Domain.Policies;

/// <summary>An attempt that failed.</summary>
/// <param name="Attempt">Which one, from 1.</param>
/// <param name="Error">Why, in one line.</param>
public sealed record FailedAttempt(int Attempt, string Error)
{
    /// <summary>The HTTP status of the submit's answer; null where there was none, or where the submit went well.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>The task as it ended; null where there was none.</summary>
    public TaskSnapshot? Task { get; init; }
}

/// <summary>A scenario's own say in what is tried again. Safe for many threads at once.</summary>
public interface IRetryCondition
{
    /// <summary>Whether to try again, as long as the policy's attempts allow it. Never throws for what a user may have written.</summary>
    bool Holds(FailedAttempt attempt);
}
