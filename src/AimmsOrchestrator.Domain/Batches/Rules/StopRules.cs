using AimmsOrchestrator.Domain.Policies;
using AimmsOrchestrator.Domain.Runs;

namespace AimmsOrchestrator.Domain.Batches.Rules;

/// <summary>What stops one execution of a batch before its last run: too many failures, or enough results.</summary>
/// <param name="budget">How many runs may fail; null for any number.</param>
/// <param name="total">How many runs there are; null where only walking them would tell.</param>
/// <param name="before">What had ended before this execution: a person saw that, and continues all the same.</param>
internal sealed class StopRules(FailureBudget? budget, long? total, BatchTally before)
{
    /// <summary>A run has ended.</summary>
    /// <param name="batch">The batch before.</param>
    /// <param name="ended">How the run ended.</param>
    public BatchDecision Ended(Batch batch, BatchFact.RunEnded ended)
    {
        var next = batch with
        {
            Tally = batch.Tally.With(ended.Phase),
            CopiedFailures = batch.CopiedFailures + (ended is { IsCopied: true, Phase: RunPhase.Failed } ? 1 : 0),
        };
        return Reason(next, ended.Enough) is { } stop && next.Tally.Ended != total
            ? Stop(next, stop)
            : BatchDecision.Of(next);
    }

    /// <summary>Stops the batch: nothing else begins, and every run is detached. The first reason stays.</summary>
    public static BatchDecision Stop(Batch batch, BatchStop stop)
    {
        // An end that is being written to the journal is the end, unless it cannot be written.
        if (batch.Stop is not null || (batch.IsEnding && stop.End is not (BatchEnd.JournalLost or BatchEnd.Bug)))
        {
            return BatchDecision.Of(batch);
        }

        return AdmissionRules
            .WithdrawRequests(batch with { Stop = stop })
            .Then(next => BatchDecision.Of(next, new BatchEffect.SendToRuns(new RunFact.DetachRequested())));
    }

    private BatchStop? Reason(Batch batch, string? enough)
    {
        var failed = batch.Tally.Failed - before.Failed - batch.CopiedFailures;
        var ended = batch.Tally.Ended - before.Ended - batch.CopiedFailures;
        return budget?.ReasonToStop(failed, ended) is { } tooMany ? new BatchStop(BatchEnd.FailureBudget, tooMany)
            : enough is not null ? new BatchStop(BatchEnd.StopRule, enough)
            : null;
    }
}
