using AimmsOrchestrator.Domain.Estimates;
using AimmsOrchestrator.Domain.Runs;

namespace AimmsOrchestrator.Domain.Progress;

/// <summary>The progress of a batch at one moment.</summary>
public sealed record BatchProgress
{
    /// <summary>Runs in all; null where they are not counted.</summary>
    public long? Total { get; init; }

    /// <summary>How many runs that have begun are in each state, those of an earlier process included.</summary>
    public required StateCounts CountByState { get; init; }

    /// <summary>Since this process opened the batch.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Runs ended per minute, over the last minute or two or the last ten ends; null before the first.</summary>
    public double? EndedPerMinute { get; init; }

    /// <summary>How long the rest takes at that rate; null while there is no rate or no total.</summary>
    public TimeLeft? TimeLeft { get; init; }

    /// <summary>How much longer the service asks for no requests; null where it does not.</summary>
    public TimeSpan? HeldBack { get; init; }

    /// <summary>Since when a person has paused the batch; null where it is not paused.</summary>
    public DateTimeOffset? PausedSince { get; init; }

    /// <summary>Why the service cannot be reached, in one line; null where it can. The batch waits for it.</summary>
    public string? Away { get; init; }

    /// <summary>
    /// How many slots of the account are held, by all batches together, where submits have been waiting for one; null where they have not.
    /// </summary>
    public int? HeldAtAccount { get; init; }

    /// <summary>How many tasks are kept at the service now; null where the scenario fixes the number.</summary>
    public int? Concurrency { get; init; }

    /// <summary>The runs that are longest in their state; empty where that is not followed.</summary>
    public IReadOnlyList<RunWait> Longest { get; init; } = [];

    /// <summary>What is wrong with the batch as a whole.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The latest failures, the newest last; at most a few.</summary>
    public IReadOnlyList<RunFailure> Failures { get; init; } = [];

    /// <summary>The latest results, the newest last; at most a few.</summary>
    public IReadOnlyList<RunSuccess> Successes { get; init; } = [];
}
