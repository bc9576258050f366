using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Domain.Runs.Rules;

/// <summary>What follows from the service's calls about a task: a poll, which shows whether they are true.</summary>
internal static class HintRules
{
    /// <summary>
    /// A call came. The first one may come before the answer to the submit: it counts once the task is known. After a fault it
    /// does not shorten the wait, which is there for the service's sake.
    /// </summary>
    public static RunDecision Hinted(Run run, bool isOfEnd, DateTimeOffset now)
    {
        if (run.Phase is not (RunPhase.Submitting or RunPhase.Unconfirmed or RunPhase.AtService))
        {
            return RunDecision.Of(run);
        }

        var hinted = run with { Hints = run.Hints.Add(isOfEnd, now) };
        return run is { Phase: RunPhase.AtService, Faults: 0 } && hinted.Hints.Wait(now) is { } wait
            ? RunDecision.Of(hinted, new RunEffect.PollWithin(wait))
            : RunDecision.Of(hinted);
    }

    /// <summary>The task was seen unfinished.</summary>
    public static Run Seen(Run run, DateTimeOffset now) =>
        run with
        {
            Hints = run.Hints.Seen(run.TaskState.IsExecuting(), now),
        };

    /// <summary>The shorter of two waits; null stands for any time.</summary>
    public static TimeSpan? Shorter(TimeSpan? one, TimeSpan? other) => one is null || other < one ? other : one;
}
