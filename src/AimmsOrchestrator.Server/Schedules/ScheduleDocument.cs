using System.Text.Json.Serialization;
using AimmsOrchestrator.Domain.Schedules;
using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Scenarios;

namespace AimmsOrchestrator.Server.Schedules;

/// <summary>A scenario that the server begins again and again.</summary>
public sealed record ScheduleDocument
{
    private const int Shown = 5;

    public required long Id { get; init; }
    public required string Scenario { get; init; }
    public required string Owner { get; init; }

    /// <summary>Minute, hour, day of the month, month, day of the week.</summary>
    public required string Cron { get; init; }

    /// <summary>Whose clock that is.</summary>
    public required string Zone { get; init; }

    /// <summary>What happens while the last batch is under way: skip or queue.</summary>
    public required string Overlap { get; init; }

    /// <summary>How much its batches weigh beside others: high, normal or low.</summary>
    public required string Priority { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Since when a person has paused it; null where it is not paused.</summary>
    public required DateTimeOffset? PausedSince { get; init; }

    /// <summary>Why it begins no batches although it is not paused; null where it does.</summary>
    public required string? Problem { get; init; }

    /// <summary>The next times, in the zone's own offset; empty where it is paused or has a problem.</summary>
    public required IReadOnlyList<DateTimeOffset> Next { get; init; }

    /// <summary>The time that was due last, whatever came of it; null before the first.</summary>
    public required DateTimeOffset? LastDue { get; init; }

    /// <summary>The batch that it began last; null before the first.</summary>
    public required string? LastBatch { get; init; }

    /// <summary>What is to be said of the last time: that it was late, or why no batch began; null for nothing.</summary>
    public required string? LastNote { get; init; }

    /// <summary>The batch whose end it waits for; null where it waits for none.</summary>
    public required string? WaitsFor { get; init; }

    /// <summary>Whether this submission replaced an earlier one of the scenario; only in the answer to it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Replaced { get; init; }

    internal static ScheduleDocument Of(Schedule schedule, CronSchedule? times, string? whyNot, DateTimeOffset now)
    {
        var problem =
            times is null ? $"this server does not know the zone {schedule.Zone}"
            : schedule.Next is null ? "it never comes again"
            : whyNot;
        return new()
        {
            Id = schedule.Number,
            Scenario = schedule.Scenario,
            Owner = schedule.Owner,
            Cron = schedule.Cron,
            Zone = schedule.Zone,
            Overlap = WordOf(schedule.Overlap),
            Priority = (schedule.Priority ?? default).Word(),
            CreatedAt = schedule.CreatedAt,
            PausedSince = schedule.PausedAt,
            Problem = schedule.PausedAt is null ? problem : null,
            Next = schedule.PausedAt is null && problem is null ? Upcoming(schedule, times!, now) : [],
            LastDue = schedule.LastDue,
            LastBatch = schedule.LastBatch,
            LastNote = schedule.LastNote,
            WaitsFor = schedule.WaitsFor,
        };
    }

    internal static string WordOf(ScheduleOverlap overlap) => overlap == ScheduleOverlap.Queue ? "queue" : "skip";

    /// <summary>The stored time comes first: it may be later than the clock says after that was set back.</summary>
    private static IReadOnlyList<DateTimeOffset> Upcoming(Schedule schedule, CronSchedule times, DateTimeOffset now)
    {
        var before = schedule.Next is { } next && next > now ? next.AddTicks(-1) : now;
        return times.Upcoming(before, Shown);
    }
}
