using System.Collections.Concurrent;
using AimmsOrchestrator.Batches.Cancellation;
using AimmsOrchestrator.Batches.Status;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Server.Settings;

namespace AimmsOrchestrator.Server.Fleet;

/// <summary>
/// Where batches are, for pages that ask again and again: runs are counted on the disk only where neither the driver knows
/// their number nor the batch has ended and been counted. Safe for many threads.
/// </summary>
internal sealed class StatusBoard(ServerOptions options, BatchFleet fleet)
{
    private readonly ConcurrentDictionary<long, BatchStatus> _ended = new();

    /// <summary>The status of a batch.</summary>
    /// <param name="batch">The batch, as it was read just now.</param>
    /// <param name="reader">Reads what is not known.</param>
    public BatchStatus Of(BatchRecord batch, IJournalReader reader)
    {
        if (_ended.TryGetValue(batch.Number, out var known) && IsSame(known.Batch, batch))
        {
            return known;
        }

        var status = fleet.Host.Find(batch.Id)?.Latest is { } progress
            ? BatchStatus.Of(batch, Begun(progress.CountByState), reader, options.Workspace)
            : BatchStatus.Of(batch, reader, options.Workspace);
        if (fleet.Quota.WarningOf(batch, status.Controls, reader) is { } warning)
        {
            status = status with { Warnings = [.. status.Warnings, warning] };
        }

        var isLeft = !batch.IsFinished && status.Holder is null;
        if (isLeft && fleet.Backoff.ReasonOf(batch.Id) is { } why && status.Warnings.All(w => w.Message != why))
        {
            status = status with { Warnings = [.. status.Warnings, new("server", $"it is not taken up: {why}")] };
        }

        // Of one that is not finished people may still change something.
        if (status.Holder is null && BatchCancellation.IsOver(batch, reader))
        {
            _ended[batch.Number] = status;
        }

        return status;
    }

    /// <summary>A batch that is taken up again has not ended, and ends at another time.</summary>
    private static bool IsSame(BatchRecord known, BatchRecord batch) =>
        known.EndedAt == batch.EndedAt && known.End == batch.End;

    private static StateCounts Begun(StateCounts counts) => counts.Plus(RunState.Pending, -counts[RunState.Pending]);
}
