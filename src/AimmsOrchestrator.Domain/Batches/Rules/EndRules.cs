using System.Globalization;
using AimmsOrchestrator.Domain.Policies;

namespace AimmsOrchestrator.Domain.Batches.Rules;

/// <summary>When a batch is over, and what still happens then: finished tasks are removed, and the end is written down.</summary>
/// <param name="total">How many runs there are; null where only walking them would tell.</param>
/// <param name="isOnlyBegun">Whether runs that have not begun are left to another execution.</param>
/// <param name="only">Of how many runs this execution is; null for all.</param>
/// <param name="deletesTasks">Whether finished tasks are removed from the service.</param>
/// <param name="stopAt">The time of day at which it is to be over; null for none.</param>
internal sealed class EndRules(long? total, bool isOnlyBegun, long? only, bool deletesTasks, StopTime? stopAt)
{
    /// <summary>Ends the batch if nothing is under way and nothing will be.</summary>
    public BatchDecision EndIfOver(Batch batch)
    {
        if (!batch.IsOver || batch.IsEnding || (batch.IsCleaning && batch.Stop is null))
        {
            return BatchDecision.Of(batch);
        }

        return (Unfinished(batch) is { } stop ? StopRules.Stop(batch, stop) : BatchDecision.Of(batch)).Then(End);
    }

    private BatchDecision End(Batch batch)
    {
        if (batch is { Stop: null, Tally.TasksKept: null } && deletesTasks)
        {
            return BatchDecision.Of(batch with { IsCleaning = true }, new BatchEffect.FinishCleanup());
        }

        return BatchDecision.Of(batch with { IsEnding = true }, new BatchEffect.RecordEnd(batch.Outcome));
    }

    /// <summary>Why it ends although runs are left; null where none is, or where the reason is known already.</summary>
    private BatchStop? Unfinished(Batch batch)
    {
        if (batch.Stop is not null)
        {
            return null;
        }

        var isAll = (batch.IsSourceAtEnd || batch.Tally.Ended == total) && !batch.HasDetachedRuns;
        return batch.IsClosing && !isAll ? DeadlineRules.Reason(stopAt!)
            : isOnlyBegun && batch.Tally.Ended < (total ?? long.MaxValue)
                ? new BatchStop(BatchEnd.Retried, "only what had failed was run again")
            : only is { } first && batch.Tally.Ended < (total ?? long.MaxValue)
                ? new BatchStop(
                    BatchEnd.StopRule,
                    string.Create(CultureInfo.InvariantCulture, $"only the first {first} runs were wanted")
                )
            : null;
    }
}
