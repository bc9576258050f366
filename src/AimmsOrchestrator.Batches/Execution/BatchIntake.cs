using AimmsOrchestrator.Batches.Catalog;
using AimmsOrchestrator.Batches.Problems;
using AimmsOrchestrator.Domain.Accounts;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Workspaces;

namespace AimmsOrchestrator.Batches.Execution;

/// <summary>
/// Chooses a batch, opens it where it is new, and claims it, as one step among the processes of a workspace: of several that
/// start together one drives the batch, and the others learn which.
/// </summary>
/// <param name="workspace">Where batches live.</param>
/// <param name="reader">Finds the batches.</param>
/// <param name="time">The clock.</param>
internal sealed class BatchIntake(IWorkspace workspace, IJournalReader reader, TimeProvider time)
{
    /// <summary>Claims a scenario's latest batch where that is unfinished and unchanged, and a new one otherwise.</summary>
    /// <param name="scenario">The scenario's name.</param>
    /// <param name="fingerprint">What an unchanged scenario has; null to take a new batch in any case.</param>
    /// <param name="open">Opens the new batch, or says why not.</param>
    public async Task<Result<ClaimedBatch>> TakeAsync(
        string scenario,
        string? fingerprint,
        Func<Task<Result<BatchRecord>>> open
    )
    {
        using var intake = await workspace.EnterIntakeAsync(time);
        var latest = reader.Batches().FirstOrDefault(batch => batch.Scenario == scenario);
        if (latest is not { IsFinished: false } || latest.Fingerprint != fingerprint)
        {
            return ClaimNew(await open());
        }

        // A batch that is cancelled at this moment is over: the scenario begins anew, as it would a moment later.
        var claimed = Claim(latest, isNew: false, isOver: now => now.IsFinished);
        return claimed.Problem is BatchProblem.Over ? ClaimNew(await open()) : claimed;
    }

    /// <summary>Claims a batch that was left.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="isOver">Whether nothing is to be done with it any more, by its record under the claim.</param>
    public async Task<Result<ClaimedBatch>> TakeAsync(BatchRecord batch, Func<BatchRecord, bool> isOver)
    {
        using var intake = await workspace.EnterIntakeAsync(time);
        return Claim(batch, isNew: false, isOver);
    }

    private Result<ClaimedBatch> ClaimNew(Result<BatchRecord> opened) =>
        opened.IsSuccess ? Claim(opened.Value, isNew: true, isOver: _ => false) : opened.Problem;

    private Result<ClaimedBatch> Claim(BatchRecord batch, bool isNew, Func<BatchRecord, bool> isOver)
    {
        if (workspace.TryClaim(batch, time) is not { } claim)
        {
            return reader.Controls(batch.Number).Cancel is null
                ? new BatchProblem.DrivenElsewhere(batch.Id, workspace.HolderOf(batch.Id))
                : new BatchProblem.ToBeCancelled(batch.Id);
        }

        try
        {
            // Only under the claim no other process changes the record: a cancel may have come to its end in between.
            var now = reader.Find(batch.Id.Value) ?? batch;
            if (isOver(now))
            {
                claim.Dispose();
                return new BatchProblem.Over(now);
            }

            return new ClaimedBatch(now, claim, isNew, Others(now)) { Controls = reader.Controls(now.Number) };
        }
        catch
        {
            claim.Dispose();
            throw;
        }
    }

    /// <summary>An emulator belongs to its batch alone.</summary>
    private List<OtherDriver> Others(BatchRecord batch) =>
        batch.ServiceAddress == ScenarioExtensions.Emulator
            ? []
            :
            [
                .. from held in workspace.Claims()
                where held.Batch != batch.Id && IsAtTheSameAccount(held.Batch, batch)
                select new OtherDriver(held.Batch, held.Holder),
            ];

    private bool IsAtTheSameAccount(BatchId other, BatchRecord batch) =>
        reader.Find(other.Value) is { } record
        && ServiceAccount.NameOf(record.ServiceAddress) == ServiceAccount.NameOf(batch.ServiceAddress);
}
