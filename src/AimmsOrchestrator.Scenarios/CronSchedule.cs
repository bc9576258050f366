using AimmsOrchestrator.Domain.Policies;
using AimmsOrchestrator.Domain.Schedules;
using Cronos;

namespace AimmsOrchestrator.Scenarios;

/// <summary>
/// When a batch begins again and again, by the clocks of a zone. A time that those leave out in the night in which they go
/// forward comes when they have gone forward; one that they show twice comes the first time. What comes at intervals (<c>*</c>,
/// <c>/</c> or <c>-</c> in its minutes or hours) continues through both nights.
/// </summary>
public sealed class CronSchedule
{
    private const string Form = "write minute hour day month weekday, such as \"0 19 * * MON-FRI\", or @daily";
    private const int Fields = 5;

    private readonly CronExpression _expression;
    private readonly TimeZoneInfo _zone;

    private CronSchedule(string cron, string zone, CronExpression expression, TimeZoneInfo timeZone) =>
        (Cron, Zone, _expression, _zone) = (cron, zone, expression, timeZone);

    /// <summary>As it is written: minute, hour, day of the month, month, day of the week; or a macro such as <c>@daily</c>.</summary>
    public string Cron { get; }

    /// <summary>The zone's name or offset, as it is written.</summary>
    public string Zone { get; }

    /// <summary>What happens at a time while the last batch is still under way.</summary>
    public ScheduleOverlap Overlap { get; private init; }

    /// <summary>The same times with another way to overlap.</summary>
    public CronSchedule With(ScheduleOverlap overlap) => new(Cron, Zone, _expression, _zone) { Overlap = overlap };

    /// <summary>The schedule; otherwise what is wrong with which of the two, as the end of a sentence.</summary>
    public static (CronSchedule? Schedule, string? CronProblem, string? ZoneProblem) Parse(string cron, string zone)
    {
        ArgumentNullException.ThrowIfNull(cron);
        ArgumentNullException.ThrowIfNull(zone);
        var timeZone = TimeZones.Find(zone);
        var zoneProblem = timeZone is null ? "is no time zone; write Europe/Amsterdam, UTC or +01:00" : null;
        var (expression, cronProblem) = Expression(cron.Trim());
        return expression is null || timeZone is null
            ? (null, cronProblem, zoneProblem)
            : (new CronSchedule(cron.Trim(), zone, expression, timeZone), null, null);
    }

    /// <summary>Its first time after a moment, in the zone's offset; null where there is none.</summary>
    public DateTimeOffset? After(DateTimeOffset moment) => _expression.GetNextOccurrence(moment, _zone);

    /// <summary>Its first times after a moment.</summary>
    public IReadOnlyList<DateTimeOffset> Upcoming(DateTimeOffset moment, int count)
    {
        var found = new List<DateTimeOffset>();
        for (var at = After(moment); at is { } next && found.Count < count; at = After(next))
        {
            found.Add(next);
        }

        return found;
    }

    private static (CronExpression? Expression, string? Problem) Expression(string cron)
    {
        var count = cron.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
        if (!cron.StartsWith('@') && count != Fields)
        {
            return (null, $"has {count} of the {Fields} fields; {Form}");
        }

        if (cron.Contains("second", StringComparison.OrdinalIgnoreCase))
        {
            return (null, $"comes more often than every minute; {Form}");
        }

        try
        {
            var expression = CronExpression.Parse(cron);
            return expression.GetNextOccurrence(DateTime.UnixEpoch) is null
                ? (null, "never comes: no month has that day")
                : (expression, null);
        }
        catch (Exception e) when (e is CronFormatException or MissingSeedException)
        {
            // The library's own words name the field and its values.
            var words = e.Message.Split("invalid format. ", 2)[^1].TrimEnd('.');
            return (null, $"cannot be read ({char.ToLowerInvariant(words[0])}{words[1..]}); {Form}");
        }
    }
}
