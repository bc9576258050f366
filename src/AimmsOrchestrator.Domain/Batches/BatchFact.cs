using AimmsOrchestrator.Domain.Batches.Control;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Throttling;

namespace AimmsOrchestrator.Domain.Batches;

/// <summary>Something that happened to a batch and that its rules have to take as it is.</summary>
public abstract record BatchFact
{
    private BatchFact() { }

    /// <summary>The execution begins.</summary>
    public sealed record Started : BatchFact;

    /// <summary>A slot was granted.</summary>
    public sealed record SlotGranted(PermitId Permit) : BatchFact;

    /// <summary>A run was taken from the source for a granted slot.</summary>
    /// <param name="Permit">The slot's permit.</param>
    /// <param name="Next">The run.</param>
    /// <param name="Key">Under which key the result cache knows it; null where it cannot be sent.</param>
    public sealed record RunTaken(PermitId Permit, NextRun Next, CacheKey? Key) : BatchFact;

    /// <summary>The source has no other run for a granted slot.</summary>
    public sealed record SourceEnded(PermitId Permit) : BatchFact;

    /// <summary>A task completed at the service.</summary>
    /// <param name="QueueTime">In the service's queue; null where that is not known.</param>
    /// <param name="RunTime">From start to end; null where that is not known.</param>
    public sealed record TaskCompleted(TimeSpan? QueueTime, TimeSpan? RunTime) : BatchFact;

    /// <summary>A run has ended, and that is on disk.</summary>
    /// <param name="Permit">The run's permit.</param>
    /// <param name="Phase">How it ended.</param>
    /// <param name="Enough">Why the scenario's <c>stop.when</c> has enough results now; null where it has not.</param>
    public sealed record RunEnded(PermitId Permit, RunPhase Phase, string? Enough) : BatchFact
    {
        /// <summary>Whether its answer is an earlier one's: nothing was sent for it.</summary>
        public bool IsCopied { get; init; }
    }

    /// <summary>A run was detached: it stays as it is.</summary>
    public sealed record RunDetached(PermitId Permit) : BatchFact;

    /// <summary>A run's actor threw.</summary>
    /// <param name="Permit">The run's permit.</param>
    /// <param name="Message">The exception's message.</param>
    public sealed record RunCrashed(PermitId Permit, string Message) : BatchFact;

    /// <summary>A run's actor has stopped, for whatever reason.</summary>
    public sealed record RunStopped(PermitId Permit) : BatchFact;

    /// <summary>A crashed run was folded from its journal.</summary>
    public sealed record RunReplayed(long Index, Run Run) : BatchFact;

    /// <summary>The service refuses every run alike, or was never reachable.</summary>
    public sealed record ServiceRefused(string Message) : BatchFact;

    /// <summary>Some time has passed.</summary>
    public sealed record ClockTicked : BatchFact;

    /// <summary>A person, or another process, wants the batch left as it is.</summary>
    public sealed record DetachRequested(BatchStop Stop) : BatchFact;

    /// <summary>A person paused the batch, lets it continue, or changed a limit.</summary>
    public sealed record ControlChanged(BatchControl Control) : BatchFact;

    /// <summary>Every finished task was removed from the service, or cannot be.</summary>
    /// <param name="Kept">How many the service still has.</param>
    public sealed record CleanupFinished(int Kept) : BatchFact;

    /// <summary>The journal cannot be written any more.</summary>
    public sealed record JournalFailed(string Reason) : BatchFact;

    /// <summary>An actor that the batch cannot do without threw, and has stopped.</summary>
    /// <param name="Role">Which one, such as 'journal'.</param>
    /// <param name="Bug">What it threw; null if it has stopped without a word.</param>
    public sealed record ActorFailed(string Role, Exception? Bug) : BatchFact
    {
        /// <summary>Whether it was the one that the batch's end is written by.</summary>
        public bool IsJournal { get; init; }
    }

    /// <summary>The batch's end is on disk.</summary>
    public sealed record EndRecorded : BatchFact;
}
