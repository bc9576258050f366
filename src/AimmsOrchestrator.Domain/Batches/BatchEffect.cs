using AimmsOrchestrator.Domain.Batches.Control;
using AimmsOrchestrator.Domain.Estimates;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Throttling;

namespace AimmsOrchestrator.Domain.Batches;

/// <summary>Something to be done for a batch, in the order of the decision.</summary>
public abstract record BatchEffect
{
    private BatchEffect() { }

    /// <summary>Ask the throttle for a slot.</summary>
    public sealed record RequestSlot(PermitId Permit) : BatchEffect;

    /// <summary>Give back all that a permit holds and asks for.</summary>
    public sealed record ReleaseAll(PermitId Permit) : BatchEffect;

    /// <summary>Give back a permit to submit: no POST of the run is under way.</summary>
    public sealed record ReleaseSubmit(PermitId Permit) : BatchEffect;

    /// <summary>A POST of the run may be under way: nothing else is submitted before its fate is known.</summary>
    public sealed record MarkUnconfirmed(PermitId Permit) : BatchEffect;

    /// <summary>Let the throttle pause, continue, or keep other limits.</summary>
    public sealed record ApplyControl(BatchControl Control) : BatchEffect;

    /// <summary>No submit is granted any more.</summary>
    public sealed record EndSubmits : BatchEffect;

    /// <summary>Take the next run from the source, for a granted slot.</summary>
    public sealed record TakeRun(PermitId Permit) : BatchEffect;

    /// <summary>Give the run an actor.</summary>
    /// <param name="Permit">The slot it holds.</param>
    /// <param name="Active">The run.</param>
    /// <param name="Run">Where it stands.</param>
    /// <param name="First">The fact that it begins with.</param>
    public sealed record StartRun(PermitId Permit, ActiveRun Active, Run Run, RunFact First) : BatchEffect;

    /// <summary>Ask the result cache for the run, which gets the answer.</summary>
    /// <param name="Permit">The run's permit.</param>
    /// <param name="Active">The run; it has a key.</param>
    /// <param name="IsSent">Whether the run was sent to the service before: then the others wait for it.</param>
    public sealed record LookUp(PermitId Permit, ActiveRun Active, bool IsSent) : BatchEffect
    {
        /// <summary>From when on an answer that is no success counts; null for any.</summary>
        public DateTimeOffset? AskedAgainAt { get; init; }
    }

    /// <summary>The run is done: the result cache serves the runs that wait for it.</summary>
    public sealed record ReleaseKey(ActiveRun Active) : BatchEffect;

    /// <summary>Tell one run's actor a fact.</summary>
    public sealed record SendToRun(PermitId Permit, RunFact Fact) : BatchEffect;

    /// <summary>Tell every active run's actor a fact.</summary>
    public sealed record SendToRuns(RunFact Fact) : BatchEffect;

    /// <summary>Read a crashed run's events back from the journal.</summary>
    public sealed record Replay(long Index) : BatchEffect;

    /// <summary>Write to the journal that a run which has no actor failed.</summary>
    /// <param name="Active">The run.</param>
    /// <param name="Before">Where it stood.</param>
    /// <param name="Failed">Why.</param>
    public sealed record RecordFailure(ActiveRun Active, Run Before, RunFailed Failed) : BatchEffect;

    /// <summary>A run ended without an actor to say so: its end counts now.</summary>
    public sealed record CountEnd(PermitId Permit, RunPhase Phase) : BatchEffect;

    /// <summary>Let the runs' rules know which durations are typical.</summary>
    public sealed record PublishDurations(TypicalDurations Typical) : BatchEffect;

    /// <summary>Let the cleanup finish: no other task follows.</summary>
    public sealed record FinishCleanup : BatchEffect;

    /// <summary>Write the batch's end to the journal.</summary>
    public sealed record RecordEnd(BatchOutcome Outcome) : BatchEffect;

    /// <summary>The execution is over.</summary>
    public sealed record Finish(BatchOutcome Outcome) : BatchEffect;
}
