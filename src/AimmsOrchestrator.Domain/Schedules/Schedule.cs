using AimmsOrchestrator.Domain.Throttling;

namespace AimmsOrchestrator.Domain.Schedules;

/// <summary>A scenario that a server begins again and again.</summary>
public sealed record Schedule
{
    /// <summary>Its number in the workspace, which is never given again.</summary>
    public required long Number { get; init; }

    /// <summary>Who submitted it, and owns its batches.</summary>
    public required string Owner { get; init; }

    /// <summary>The scenario's name; an owner has one schedule of it.</summary>
    public required string Scenario { get; init; }

    /// <summary>When it begins, in the notation of cron.</summary>
    public required string Cron { get; init; }

    /// <summary>Whose clock that is: <c>Europe/Amsterdam</c>, <c>UTC</c>, <c>+01:00</c>.</summary>
    public required string Zone { get; init; }

    public required ScheduleOverlap Overlap { get; init; }

    /// <summary>How much its batches weigh beside others at their account; null where its owner does not say, which is normal.</summary>
    public Priority? Priority { get; init; }

    /// <summary>When it was submitted, the last time.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it begins next; null where never again.</summary>
    public required DateTimeOffset? Next { get; init; }

    /// <summary>Since when a person has paused it; null where it is not paused.</summary>
    public DateTimeOffset? PausedAt { get; init; }

    /// <summary>The time that was due last, whatever came of it; null before the first.</summary>
    public DateTimeOffset? LastDue { get; init; }

    /// <summary>The id of the batch that it began last; null before the first.</summary>
    public string? LastBatch { get; init; }

    /// <summary>What is to be said of the last time: that it was late, or why no batch began; null for nothing.</summary>
    public string? LastNote { get; init; }

    /// <summary>The id of the batch whose end it waits for; null where it waits for none.</summary>
    public string? WaitsFor { get; init; }
}

/// <summary>What happens at a time of a schedule while its last batch is still under way.</summary>
public enum ScheduleOverlap
{
    /// <summary>Nothing: the time is left out.</summary>
    Skip,

    /// <summary>The batch begins as soon as the last one has ended; once, however many times came meanwhile.</summary>
    Queue,
}
