using AimmsOrchestrator.Domain.Batches.Control;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Throttling;

namespace AimmsOrchestrator.Domain.Batches.Rules;

/// <summary>How many runs are active, and how one of them begins: a slot comes first, and only then is a run taken.</summary>
internal sealed class AdmissionRules(int maxUnfinishedTasks, int firstRuns, bool isServiceNew)
{
    /// <summary>How many runs may wait for another run's result, or for the journal, without a slot at the service.</summary>
    private const int MaxWaiting = 256;

    /// <summary>Asks for as many slots as the batch can use now.</summary>
    public BatchDecision RequestSlots(Batch batch)
    {
        if (!batch.MayAdmit)
        {
            return BatchDecision.Of(batch);
        }

        var open = batch.SlotRequests.Count;
        var maxUnfinished = batch.MaxUnfinishedTasks ?? maxUnfinishedTasks;

        // Runs that hold a slot, as many again whose task has ended and whose response is on its way, and those that wait
        // for another run's result.
        var maxActive = (2 * maxUnfinished) + MaxWaiting;
        var wanted = Math.Min(maxUnfinished - open, maxActive - open - batch.Active.Count);
        if (batch.IsPaused)
        {
            // What may have a task is polled, and its result retrieved; nothing else begins.
            wanted = (int)Math.Min(wanted, firstRuns - batch.Taken - open);
        }

        if (wanted <= 0)
        {
            return BatchDecision.Of(batch);
        }

        var first = batch.LastPermit.Value + 1;
        PermitId[] permits = [.. Enumerable.Range(0, wanted).Select(i => new PermitId(first + i))];
        var next = batch with { LastPermit = permits[^1], SlotRequests = batch.SlotRequests.Union(permits) };
        return new BatchDecision(next, [.. permits.Select(permit => new BatchEffect.RequestSlot(permit))]);
    }

    /// <summary>A person paused the batch, lets it continue, or changed its limits.</summary>
    public static BatchDecision Apply(Batch batch, BatchControl control)
    {
        var isPaused = control.PausedSince is not null;
        var next = batch with { MaxUnfinishedTasks = control.Limits.MaxUnfinishedTasks, IsPaused = isPaused };
        var applied = BatchDecision.Of(next, new BatchEffect.ApplyControl(control));
        return isPaused ? applied.Then(WithdrawRequests) : applied;
    }

    /// <summary>Withdraws what was asked for and not granted.</summary>
    public static BatchDecision WithdrawRequests(Batch batch) =>
        new(
            batch with
            {
                SlotRequests = [],
            },
            [.. batch.SlotRequests.Select(permit => new BatchEffect.ReleaseAll(permit))]
        );

    /// <summary>A slot was granted.</summary>
    public static BatchDecision Grant(Batch batch, PermitId permit)
    {
        var next = batch with { SlotRequests = batch.SlotRequests.Remove(permit) };
        return batch.MayAdmit
            ? BatchDecision.Of(next, new BatchEffect.TakeRun(permit))
            : BatchDecision.Of(next, new BatchEffect.ReleaseAll(permit));
    }

    /// <summary>A run begins, or resumes.</summary>
    public BatchDecision Admit(Batch batch, BatchFact.RunTaken taken)
    {
        var planned = taken.Next.Planned;
        return Start(
            batch with
            {
                Taken = batch.Taken + 1,
            },
            taken.Permit,
            new ActiveRun(planned, taken.Key),
            taken.Next.Run,
            taken.Next.HasBegun
                ? new RunFact.Restarted(isServiceNew, planned.Defect)
                : new RunFact.Admitted(planned.Defect)
        );
    }

    /// <summary>
    /// A run gets an actor. The batch asks the result cache for it, and not the run itself: so of two runs with one key the
    /// first one asks, always.
    /// </summary>
    public static BatchDecision Start(Batch batch, PermitId permit, ActiveRun active, Run run, RunFact first)
    {
        var effects = new List<BatchEffect>(capacity: 2);
        if (run.Phase.IsUnconfirmed() && first is RunFact.Restarted { IsServiceNew: false })
        {
            // Before the run's actor does it: no run that is admitted later may submit before that.
            effects.Add(new BatchEffect.MarkUnconfirmed(permit));
        }

        effects.Add(new BatchEffect.StartRun(permit, active, run, first));
        if (active.Key is not null)
        {
            effects.Add(
                new BatchEffect.LookUp(permit, active, IsSent: run.Phase != RunPhase.Pending)
                {
                    AskedAgainAt = run.AskedAgainAt,
                }
            );
        }

        if (batch.IsDraining)
        {
            effects.Add(new BatchEffect.SendToRun(permit, new RunFact.DrainRequested()));
        }

        if (batch.Stop is not null)
        {
            effects.Add(new BatchEffect.SendToRun(permit, new RunFact.DetachRequested()));
        }

        return new BatchDecision(batch with { Active = batch.Active.SetItem(permit, active) }, effects);
    }
}
