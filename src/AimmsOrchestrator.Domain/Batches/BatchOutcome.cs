namespace AimmsOrchestrator.Domain.Batches;

/// <summary>How one execution of a batch ended.</summary>
/// <param name="End">How it ended.</param>
/// <param name="Reason">Why it stopped before its last run; null where every run ended.</param>
/// <param name="Tally">How many runs ended and how, those of earlier executions included.</param>
public sealed record BatchOutcome(BatchEnd End, string? Reason, BatchTally Tally)
{
    /// <summary>What an actor threw; null if that is not why it ended, or nothing is known of it.</summary>
    public Exception? Bug { get; init; }
}
