using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Domain.Runs;

/// <summary>How a run ended that asked the same question: the two have the same key.</summary>
public abstract record CachedOutcome
{
    private CachedOutcome() { }

    /// <summary>It has an answer, which is this run's answer too.</summary>
    /// <param name="Source">Which run it is.</param>
    /// <param name="Task">Its task as it ended.</param>
    /// <param name="Response">What the task wrote; null where the service had nothing.</param>
    public sealed record WithResponse(RunReference Source, TaskSnapshot Task, TaskResponse? Response) : CachedOutcome;

    /// <summary>It has an answer of which only the figures were kept; they are what this run would take from it.</summary>
    /// <param name="Source">Which run it is.</param>
    /// <param name="Task">Its task as it ended.</param>
    /// <param name="Results">Its figures.</param>
    /// <param name="ExtractionKey">How they were taken.</param>
    public sealed record ResultsOnly(
        RunReference Source,
        TaskSnapshot Task,
        RunResults Results,
        ExtractionKey ExtractionKey
    ) : CachedOutcome;

    /// <summary>It is of the same batch and failed: asking again would only pay again.</summary>
    public sealed record Failed(RunReference Source, RunError Error) : CachedOutcome;
}
