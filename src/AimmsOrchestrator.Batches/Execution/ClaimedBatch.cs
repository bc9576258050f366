using AimmsOrchestrator.Batches.Problems;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Batches.Control;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Workspaces;

namespace AimmsOrchestrator.Batches.Execution;

/// <summary>A batch that this process has just claimed.</summary>
/// <param name="Batch">The batch, as the journal has it under the claim.</param>
/// <param name="Claim">Held until the batch is left.</param>
/// <param name="IsNew">Whether it was opened just now.</param>
/// <param name="Others">The batches at the same service that other processes drive.</param>
internal sealed record ClaimedBatch(BatchRecord Batch, IBatchClaim Claim, bool IsNew, IReadOnlyList<OtherDriver> Others)
{
    /// <summary>What people had set of it when it was claimed: whatever comes later is younger than the wish to drive it.</summary>
    public required ControlLog Controls { get; init; }

    /// <summary>
    /// Does something with the batch; where that fails, or comes to a problem, the claim is given up, or no process could drive it any
    /// more.
    /// </summary>
    public async Task<Result<T>> OrGiveUpAsync<T>(Func<Task<Result<T>>> action)
        where T : class
    {
        var isKept = false;
        try
        {
            var result = await action();
            isKept = result.IsSuccess;
            return result;
        }
        finally
        {
            if (!isKept)
            {
                Claim.Dispose();
            }
        }
    }
}

/// <summary>A process that drives another batch at the same service: they share the account's tasks, and their rates add up.</summary>
/// <param name="Batch">The other batch.</param>
/// <param name="Holder">Who drives it.</param>
public sealed record OtherDriver(BatchId Batch, ClaimHolder Holder);
