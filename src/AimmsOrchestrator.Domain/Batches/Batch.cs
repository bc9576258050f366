using System.Collections.Immutable;
using AimmsOrchestrator.Domain.Estimates;
using AimmsOrchestrator.Domain.Throttling;

namespace AimmsOrchestrator.Domain.Batches;

/// <summary>
/// One execution of a batch: which runs are active, how many have ended, and why it stops. The rules say
/// what follows from each fact. It knows nothing of the runs that wait: a million of them are a number in a cursor.
/// </summary>
public sealed record Batch
{
    /// <summary>How many runs have ended, in this execution or before it.</summary>
    public BatchTally Tally { get; init; } = new();

    /// <summary>Runs that failed in this execution with an earlier answer that is no success: nothing was spent on them.</summary>
    public long CopiedFailures { get; init; }

    /// <summary>The slots asked for and not granted yet, each for a run that is not taken from the source before.</summary>
    public ImmutableHashSet<PermitId> SlotRequests { get; init; } = [];

    /// <summary>The permit of the latest slot request; no permit is used twice.</summary>
    public PermitId LastPermit { get; init; }

    /// <summary>The runs under way, by the permit that each holds.</summary>
    public ImmutableDictionary<PermitId, ActiveRun> Active { get; init; } =
        ImmutableDictionary<PermitId, ActiveRun>.Empty;

    /// <summary>The permits of the crashed runs whose events are being read back, by the run's index.</summary>
    public ImmutableDictionary<long, PermitId> Replaying { get; init; } = ImmutableDictionary<long, PermitId>.Empty;

    /// <summary>Which durations are typical of its tasks.</summary>
    public DurationModel Durations { get; init; } = new();

    /// <summary>The bound of unfinished tasks that was set in the meantime; null where the plan's holds.</summary>
    public int? MaxUnfinishedTasks { get; init; }

    /// <summary>How many runs this execution has taken.</summary>
    public long Taken { get; init; }

    /// <summary>Whether a person has paused it: of the runs that are left, only those that may have a task are taken.</summary>
    public bool IsPaused { get; init; }

    /// <summary>Whether every run of the scenario has begun.</summary>
    public bool IsSourceAtEnd { get; init; }

    /// <summary>Whether the deadline is near: no other run begins, those under way come in.</summary>
    public bool IsClosing { get; init; }

    /// <summary>Whether the runs were asked to hand back what they have.</summary>
    public bool IsDraining { get; init; }

    /// <summary>Whether a run was detached: it has not ended, and this execution does not continue it.</summary>
    public bool HasDetachedRuns { get; init; }

    /// <summary>Whether only finished tasks are still being removed from the service.</summary>
    public bool IsCleaning { get; init; }

    /// <summary>Whether the end is being written to the journal.</summary>
    public bool IsEnding { get; init; }

    /// <summary>Why it stops before its last run; null where it does not. The first reason stays.</summary>
    public BatchStop? Stop { get; init; }

    /// <summary>Whether another run may begin.</summary>
    public bool MayAdmit => Stop is null && !IsClosing && !IsSourceAtEnd;

    /// <summary>Whether nothing is under way and nothing will be.</summary>
    public bool IsOver => Active.IsEmpty && !MayAdmit;

    /// <summary>How it ended, or ends if nothing else happens.</summary>
    public BatchOutcome Outcome => new(Stop?.End ?? BatchEnd.AllRunsEnded, Stop?.Reason, Tally) { Bug = Stop?.Bug };
}
