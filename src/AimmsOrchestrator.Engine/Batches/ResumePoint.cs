using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Batches.Rules;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;

namespace AimmsOrchestrator.Engine.Batches;

/// <summary>Where a batch resumes: what its journal has of runs that began earlier.</summary>
public sealed record ResumePoint
{
    /// <summary>A batch that nothing has happened to.</summary>
    public static ResumePoint Start { get; } = new();

    /// <summary>The indexes of the runs that have ended, ascending.</summary>
    public IReadOnlyList<long> Ended { get; init; } = [];

    /// <summary>The events of the runs that have begun and not ended, by index.</summary>
    public IReadOnlyDictionary<long, IReadOnlyList<RunEvent>> Unfinished { get; init; } =
        new Dictionary<long, IReadOnlyList<RunEvent>>();

    /// <summary>How many of the batch's first runs this execution is of; null, by default, for all.</summary>
    public long? Only { get; init; }

    /// <summary>Whether a person has paused the batch.</summary>
    public bool IsPaused { get; init; }

    /// <summary>Whether the service itself began after the batch was left, as the built-in emulator does, and so has none of its tasks.</summary>
    public bool IsServiceNew { get; init; }

    /// <summary>Whether runs that have not begun are left to another execution.</summary>
    public bool IsOnlyBegun { get; init; }

    /// <summary>The runs that have ended, for what is learned from them: streamed, once.</summary>
    public IEnumerable<EarlierRun> Earlier { get; init; } = [];

    /// <summary>The completed runs whose task is still to be removed from the service.</summary>
    public IReadOnlyList<RetainedTask> KeptTasks { get; init; } = [];

    /// <summary>How many runs that have begun stand in each state.</summary>
    public StateCounts CountByState { get; init; } = StateCounts.None;

    /// <summary>What an execution begins with that resumes here.</summary>
    internal ExecutionStart StartAt(DateTimeOffset now) =>
        new(now)
        {
            Tally = BatchTally.FromStates(CountByState),
            IsOnlyBegun = IsOnlyBegun,
            IsServiceNew = IsServiceNew,
            Only = Only,
            IsPaused = IsPaused,
            FirstRuns = ResumeOrder.First(Unfinished.Select(Replayed)).Count(),
        };

    private static KeyValuePair<long, Run> Replayed(KeyValuePair<long, IReadOnlyList<RunEvent>> run) =>
        KeyValuePair.Create(run.Key, Run.FromEvents(run.Value));
}
