using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.Settlement;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Domain.Runs;

/// <summary>Something that happened to a run and that its rules have to take as it is.</summary>
public abstract record RunFact
{
    private RunFact() { }

    /// <summary>
    /// The run has a slot and begins; the result cache looks its key up, and its answer is the next fact.
    /// </summary>
    /// <param name="Defect">Why it cannot be sent; null where it can.</param>
    public sealed record Admitted(string? Defect) : RunFact;

    /// <summary>The run was folded from its journal, and what was under way when it was left is lost.</summary>
    /// <param name="IsServiceNew">Whether the service itself began after the run was left, and so has none of its tasks.</param>
    /// <param name="Defect">Why it cannot be sent; null where it can.</param>
    public sealed record Restarted(bool IsServiceNew, string? Defect = null) : RunFact;

    /// <summary>No run with the same key has a result, and none is under way.</summary>
    public sealed record CacheMiss : RunFact;

    /// <summary>A run with the same key is under way; how it ends is a later fact.</summary>
    public sealed record InFlight : RunFact;

    /// <summary>A run with the same key has ended, in this batch or an earlier one.</summary>
    public sealed record CacheHit(CachedOutcome End) : RunFact;

    /// <summary>The throttle lets this run make one POST now.</summary>
    public sealed record SubmitAllowed : RunFact;

    /// <summary>The intent of a submit was refused, and is not on disk: other batches have the account's slots.</summary>
    /// <param name="Before">The run before the intent.</param>
    public sealed record IntentRefused(Run Before) : RunFact;

    /// <summary>A POST was answered, or its fault is known.</summary>
    public sealed record SubmitAnswered(int Attempt, Reply<TaskId> Reply) : RunFact;

    /// <summary>What became of a submit whose answer was lost is known, or can no longer be known.</summary>
    public sealed record VerdictReached(int Attempt, SettlementOutcome Outcome) : RunFact;

    /// <summary>The list that was to tell what became of a lost submit is not the service's own: a sign-in page, a redirect.</summary>
    public sealed record ListMisdirected(ServiceFault Fault) : RunFact;

    /// <summary>The batch ends soon: the solver is to hand back what it has, and a task that waits is not to begin.</summary>
    public sealed record DrainRequested : RunFact;

    /// <summary>The batch stops: the run is left as it is, and its task stays at the service.</summary>
    public sealed record DetachRequested : RunFact;

    /// <summary>An interrupt was answered.</summary>
    public sealed record InterruptAnswered(Interrupt How, Reply<TaskSnapshot> Reply) : RunFact;

    /// <summary>The request to remove the task from the service's queue was answered.</summary>
    public sealed record WithdrawAnswered(Reply<TaskId> Reply) : RunFact;

    /// <summary>A poll was answered.</summary>
    public sealed record StateAnswered(Reply<TaskSnapshot> Reply) : RunFact;

    /// <summary>A call about the task came, which may be forged: perhaps the task has changed its state.</summary>
    /// <param name="IsOfEnd">Whether the call says that the task has ended.</param>
    public sealed record TaskHinted(bool IsOfEnd) : RunFact;

    /// <summary>The response came, or its fault.</summary>
    public sealed record ResponseAnswered(Reply<TaskResponse> Reply) : RunFact;

    /// <summary>The scenario's results were extracted from the response (null: the service has none).</summary>
    /// <param name="Response">What they were extracted from.</param>
    /// <param name="Results">The results.</param>
    /// <param name="CopiedFrom">Whose response it is, where the run copies another one's; null where it is its own.</param>
    public sealed record ResultsExtracted(
        TaskResponse? Response,
        RunResults Results,
        CachedOutcome.WithResponse? CopiedFrom = null
    ) : RunFact
    {
        /// <summary>How they were extracted.</summary>
        public ExtractionKey ExtractionKey { get; init; }
    }
}
