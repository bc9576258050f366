using AimmsOrchestrator.Domain.Settlement;

namespace AimmsOrchestrator.Domain.Runs.Rules;

/// <summary>
/// What is written of a submit that was under way when its batch was cancelled. Its task may still appear at the service:
/// without a verdict no run would own it, and another batch could take it for a stranger's or for its own.
/// </summary>
public static class CancelledSubmitRules
{
    /// <summary>The event before the service's list is read; null where the loss is on disk already.</summary>
    /// <param name="run">A run whose submit may have been taken.</param>
    /// <param name="now">When, UTC.</param>
    public static RunEvent? Lose(Run run, DateTimeOffset now) =>
        run.Phase == RunPhase.Submitting
            ? new SubmitUnconfirmed(
                run.Attempts,
                "the program ended while the submit was under way",
                CountsAsAttempt: false,
                now
            )
            : null;

    /// <summary>The verdict's event; null where the service never took the submit, so that nothing can appear.</summary>
    /// <param name="run">The run.</param>
    /// <param name="outcome">What the list shows; null where it shows nothing for certain: then the submit is ambiguous.</param>
    /// <param name="undecided">Why it shows nothing, in one line.</param>
    /// <param name="now">When, UTC.</param>
    public static RunEvent? Settle(Run run, SettlementOutcome? outcome, string undecided, DateTimeOffset now) =>
        outcome switch
        {
            { Verdict: SettlementVerdict.SentAgain } => null,
            { } settled => new SubmitSettled(run.Attempts, settled.Verdict, settled.Task, settled.Reason, now),
            null => new SubmitSettled(run.Attempts, SettlementVerdict.Ambiguous, Task: null, undecided, now),
        };
}
