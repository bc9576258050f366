using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Scenarios;

namespace AimmsOrchestrator.Batches.Completion;

/// <summary>How a batch went that was left.</summary>
/// <param name="Batch">The batch.</param>
/// <param name="Outcome">Why it was left, and how many runs ended how.</param>
/// <param name="Expectations">The results of its scenario's expectations; none before every run has ended.</param>
public sealed record BatchResult(BatchRecord Batch, BatchOutcome Outcome, ExpectationCheck Expectations)
{
    public BatchConclusion Conclusion =>
        Outcome.End switch
        {
            BatchEnd.Interrupted => BatchConclusion.Interrupted,
            BatchEnd.AllRunsEnded when Outcome.Tally.Cancelled == 0 => Ended,
            BatchEnd.Retried when Outcome.Tally.Cancelled == 0 && Outcome.Tally.Ended == Batch.RunCount => Ended,
            _ => BatchConclusion.Stopped,
        };

    private BatchConclusion Ended =>
        Outcome.Tally.Failed > 0 || Expectations.IsViolated ? BatchConclusion.Failed : BatchConclusion.Completed;

    /// <summary>Runs that have not ended; 0 where their number is not known.</summary>
    public long Left => Math.Max(0, Batch.RunCount - Outcome.Tally.Ended ?? 0);

    /// <summary>Checks the expectations of a batch that was just left.</summary>
    /// <param name="scenario">Null where it can no longer be read: nothing is checked then.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="outcome">Why it was left.</param>
    /// <param name="reader">The journal.</param>
    public static BatchResult Of(Scenario? scenario, BatchRecord batch, BatchOutcome outcome, IJournalReader reader) =>
        new(
            batch,
            outcome,
            scenario is not null && outcome.End == BatchEnd.AllRunsEnded
                ? ExpectationCheck.Of(scenario, reader, batch.Number)
                : ExpectationCheck.None
        );

    /// <summary>How a batch went in which nothing is left to do.</summary>
    public static BatchResult OfEnded(Scenario? scenario, BatchRecord batch, IJournalReader reader)
    {
        var tally = BatchTally.FromStates(reader.CountByState(batch.Number));
        var outcome = batch.IsFinished
            ? new BatchOutcome(batch.End!.Value, batch.Reason, tally)
            : new BatchOutcome(BatchEnd.Retried, Reason: null, tally);
        return Of(scenario, batch, outcome, reader);
    }

    /// <summary>How a batch went that was left, by the journal alone.</summary>
    public static BatchResult OfLeft(Scenario? scenario, BatchRecord batch, IJournalReader reader)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(reader);
        var tally = BatchTally.FromStates(reader.CountByState(batch.Number));
        return Of(scenario, batch, new BatchOutcome(batch.End ?? BatchEnd.Interrupted, batch.Reason, tally), reader);
    }
}
