namespace AimmsOrchestrator.Domain.Policies;

/// <summary>The scenario's own condition for a retry. Safe for many threads at once.</summary>
public interface IRetryCondition
{
    /// <summary>Whether to try again, as long as the policy's attempts allow it. Never throws for what a user may have written.</summary>
    RetryDecision Decide(FailedAttempt attempt);
}
