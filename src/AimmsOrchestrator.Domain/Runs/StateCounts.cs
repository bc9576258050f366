namespace AimmsOrchestrator.Domain.Runs;

/// <summary>How many runs of a batch are in each state.</summary>
public sealed record StateCounts
{
    /// <summary>No run in any state.</summary>
    public static StateCounts None { get; } = new();

    public long Pending { get; init; }
    public long Submitting { get; init; }
    public long Unconfirmed { get; init; }
    public long Queued { get; init; }
    public long Assigned { get; init; }
    public long Running { get; init; }
    public long Solving { get; init; }
    public long Retrieving { get; init; }
    public long Completed { get; init; }
    public long Failed { get; init; }
    public long Cancelled { get; init; }

    /// <summary>Runs that have ended, in whichever way.</summary>
    public long Ended => Completed + Failed + Cancelled;

    /// <summary>Runs in any state.</summary>
    public long Total => RunStates.All.Sum(state => this[state]);

    /// <summary>Runs in one state.</summary>
    public long this[RunState state] =>
        state switch
        {
            RunState.Pending => Pending,
            RunState.Submitting => Submitting,
            RunState.Unconfirmed => Unconfirmed,
            RunState.Queued => Queued,
            RunState.Assigned => Assigned,
            RunState.Running => Running,
            RunState.Solving => Solving,
            RunState.Retrieving => Retrieving,
            RunState.Completed => Completed,
            RunState.Failed => Failed,
            RunState.Cancelled => Cancelled,
            _ => throw new ArgumentOutOfRangeException(nameof(state), state, "not a state of a run"),
        };

    /// <summary>The counts with that many more runs in a state, or fewer where <paramref name="more"/> is negative.</summary>
    public StateCounts Plus(RunState state, long more) =>
        state switch
        {
            RunState.Pending => this with { Pending = Pending + more },
            RunState.Submitting => this with { Submitting = Submitting + more },
            RunState.Unconfirmed => this with { Unconfirmed = Unconfirmed + more },
            RunState.Queued => this with { Queued = Queued + more },
            RunState.Assigned => this with { Assigned = Assigned + more },
            RunState.Running => this with { Running = Running + more },
            RunState.Solving => this with { Solving = Solving + more },
            RunState.Retrieving => this with { Retrieving = Retrieving + more },
            RunState.Completed => this with { Completed = Completed + more },
            RunState.Failed => this with { Failed = Failed + more },
            RunState.Cancelled => this with { Cancelled = Cancelled + more },
            _ => throw new ArgumentOutOfRangeException(nameof(state), state, "not a state of a run"),
        };
}
