using AimmsOrchestrator.Domain.Policies;
using AimmsOrchestrator.Domain.Results;

namespace AimmsOrchestrator.Tests.Domain.Policies;

/// <summary>A number of runs is enough, however they ended.</summary>
internal sealed class EnoughAt(int runs) : IStopRule
{
    private int _ended;

    public string? Failure => null;

    public string? Ended(RunResults? results) => ++_ended == runs ? "enough" : null;
}

/// <summary>Allows every retry, and reports each attempt.</summary>
internal sealed class FakeRetryCondition(Action<FailedAttempt>? onAsked = null) : IRetryCondition
{
    public RetryDecision Decide(FailedAttempt attempt)
    {
        onAsked?.Invoke(attempt);
        return true;
    }
}
