using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Domain.Policies;

/// <summary>Whether a failed attempt is followed by another one.</summary>
/// <param name="IsRetried">Whether it is.</param>
/// <param name="Failure">Why the scenario's condition could not be evaluated, in one line; null where it could, or was not needed.</param>
public readonly record struct RetryDecision(bool IsRetried, string? Failure = null)
{
    public static implicit operator RetryDecision(bool isRetried) => new(isRetried);

    /// <summary>The cause of a run's failure, with the condition's own failure where it kept the run from another attempt.</summary>
    public string Explain(string cause) =>
        Failure is null
            ? cause
            : $"{ShortText.Cut(cause, ShortText.LongestMessage / 2)}; not tried again, since {Failure}";
}
