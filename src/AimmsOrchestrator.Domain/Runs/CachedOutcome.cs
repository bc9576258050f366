using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Domain.Runs;

/// <summary>How an earlier run with the same key ended.</summary>
public abstract record CachedOutcome
{
    private CachedOutcome() { }

    /// <summary>Whether its result is an incumbent; one that is copied stays that.</summary>
    public bool IsIncumbent { get; init; }

    /// <summary>For how long the solver of an incumbent was let run; null where it is none, or where that is not known.</summary>
    public TimeSpan? CutAfter { get; init; }

    /// <summary>It has a response, which is this run's response too.</summary>
    /// <param name="Source">Which run it is.</param>
    /// <param name="Task">Its task as it ended.</param>
    /// <param name="Response">What the task wrote; null where the service had nothing.</param>
    public sealed record WithResponse(RunReference Source, TaskSnapshot Task, TaskResponse? Response) : CachedOutcome;

    /// <summary>Of its response only the results were kept; they are what this run would extract from it.</summary>
    /// <param name="Source">Which run it is.</param>
    /// <param name="Task">Its task as it ended.</param>
    /// <param name="Results">Its results, which say whether they are a success.</param>
    /// <param name="ExtractionKey">How they were extracted.</param>
    public sealed record ResultsOnly(
        RunReference Source,
        TaskSnapshot Task,
        RunResults Results,
        ExtractionKey ExtractionKey
    ) : CachedOutcome;

    /// <summary>It is of the same batch and failed: sending the same request would only pay again.</summary>
    public sealed record Failed(RunReference Source, RunError Error) : CachedOutcome;
}
