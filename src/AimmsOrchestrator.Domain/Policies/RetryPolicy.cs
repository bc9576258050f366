using AimmsOrchestrator.Domain.Settlement;

namespace AimmsOrchestrator.Domain.Policies;

/// <summary>
/// How often and when a failed request is sent again: exponential back-off with full jitter, so that runs that failed
/// together do not come back together
/// (<see href="https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/"/>).
/// </summary>
/// <param name="MaximumAttempts">Submits of one run in all, the first included; at least 1.</param>
/// <param name="InitialInterval">The longest wait before the second attempt; it doubles for each one after.</param>
/// <param name="MaximumInterval">No wait is longer than this, before jitter.</param>
public sealed record RetryPolicy(int MaximumAttempts, TimeSpan InitialInterval, TimeSpan MaximumInterval)
{
    /// <summary>
    /// What is tried again, where the scenario says so; null for what is tried by default: failures of the network, an
    /// overloaded or broken service, and tasks that the service forgot.
    /// </summary>
    public IRetryCondition? Condition { get; init; }

    /// <summary>How submits whose answer was lost are settled.</summary>
    public SettlementPolicy Settlement { get; init; } = SettlementPolicy.Default;

    /// <summary>Whether a failed attempt is followed by another one.</summary>
    /// <param name="attempt">What failed; its number counts the attempts that count.</param>
    /// <param name="isRetriedByDefault">Whether it is where the scenario says nothing.</param>
    public RetryDecision Decide(FailedAttempt attempt, bool isRetriedByDefault) =>
        attempt.Attempt < MaximumAttempts ? Condition?.Decide(attempt) ?? isRetriedByDefault : false;

    /// <summary>3 attempts, 2 s growing to 2 min.</summary>
    public static RetryPolicy Default { get; } = new(3, TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(2));

    /// <summary>The wait after a number of failures in a row.</summary>
    /// <param name="failures">Failures so far; at least 1.</param>
    /// <param name="jitter">A number from [0, 1) that draws the wait from zero to the whole interval.</param>
    public TimeSpan WaitAfter(int failures, double jitter)
    {
        var seconds = InitialInterval.TotalSeconds * Math.Pow(2, failures - 1);
        return TimeSpan.FromSeconds(Math.Min(seconds, MaximumInterval.TotalSeconds) * jitter);
    }
}
