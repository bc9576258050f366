using AimmsOrchestrator.Domain.Runs;

namespace AimmsOrchestrator.Domain.Batches;

/// <summary>How many runs of a batch ended, and how: counts only, so a million runs cost no more than ten.</summary>
public sealed record BatchTally
{
    /// <summary>Runs with a result.</summary>
    public long Completed { get; init; }

    /// <summary>Runs that ended without one.</summary>
    public long Failed { get; init; }

    /// <summary>Runs that a person cancelled.</summary>
    public long Cancelled { get; init; }

    /// <summary>Finished tasks that could not be removed from the service; null while that is not known.</summary>
    public int? TasksKept { get; init; }

    /// <summary>Runs that have ended, in this process or before it.</summary>
    public long Ended => Completed + Failed + Cancelled;

    /// <summary>The tally of what the journal has.</summary>
    public static BatchTally FromStates(StateCounts counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        return new BatchTally
        {
            Completed = counts.Completed,
            Failed = counts.Failed,
            Cancelled = counts.Cancelled,
        };
    }

    /// <summary>The tally after another run has ended.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The phase is not an end.</exception>
    public BatchTally With(RunPhase ended) =>
        ended switch
        {
            RunPhase.Completed => this with { Completed = Completed + 1 },
            RunPhase.Failed => this with { Failed = Failed + 1 },
            RunPhase.Cancelled => this with { Cancelled = Cancelled + 1 },
            _ => throw new ArgumentOutOfRangeException(nameof(ended), ended, "not an end"),
        };
}
