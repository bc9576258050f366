namespace AimmsOrchestrator.Domain.Schedules;

/// <summary>What is to be done about a schedule now.</summary>
public abstract record ScheduleStep
{
    private ScheduleStep() { }

    /// <summary>Nothing: it is not due.</summary>
    public sealed record Wait : ScheduleStep;

    /// <summary>Its batch begins.</summary>
    public sealed record Fire(Firing Firing) : ScheduleStep;

    /// <summary>It waits for the end of its last batch.</summary>
    public sealed record Hold(string Batch) : ScheduleStep;

    /// <summary>It goes to its next time without a batch.</summary>
    /// <param name="Next">Its next time.</param>
    /// <param name="Due">The time that is left out; null for none.</param>
    /// <param name="Note">Why, in words.</param>
    public sealed record Move(DateTimeOffset? Next, DateTimeOffset? Due, string Note) : ScheduleStep;
}
