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

    /// <summary>Why the service cannot be reached, in one line; null where it can. The batch waits for it.</summary>
    public string? Away { get; init; }

    /// <summary>The latest failures, the newest last; at most a few.</summary>
    public IReadOnlyList<RunFailure> Failures { get; init; } = [];

    /// <summary>The latest results, the newest last; at most a few.</summary>
    public IReadOnlyList<RunSuccess> Successes { get; init; } = [];
}

/// <summary>A run that failed, for display.</summary>
public sealed record RunFailure(long Index, string Name, string Message);

/// <summary>A run that completed, for display.</summary>
/// <param name="Index">Its index in the batch.</param>
/// <param name="Name">Its name.</param>
/// <param name="ResultsJson">A JSON object of its results by name.</param>
public sealed record RunSuccess(long Index, string Name, string ResultsJson);

/// <summary>Gets the progress of a batch.</summary>
public interface IBatchObserver
{
    /// <summary>Called a few times a second at most, one call at a time; must not block.</summary>
    void OnProgress(BatchProgress progress);
}
