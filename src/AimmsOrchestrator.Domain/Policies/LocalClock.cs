namespace AimmsOrchestrator.Domain.Policies;

/// <summary>
/// When the clocks of a time zone show a time of day. In the night in which they go back, some times come twice; in the one
/// in which they go forward, some do not come at all.
/// </summary>
internal static class LocalClock
{
    private static readonly TimeSpan Precision = TimeSpan.FromMilliseconds(1);

    /// <summary>The moments at which the clocks show a time on a day: two, one or none, the first one first.</summary>
    public static IEnumerable<DateTimeOffset> Moments(DateOnly day, TimeOnly time, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(time);
        if (zone.IsInvalidTime(local))
        {
            return [];
        }

        var offsets = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local) : [zone.GetUtcOffset(local)];
        return offsets.Select(offset => new DateTimeOffset(local, offset)).Order();
    }

    /// <summary>The first moment after another one, and within two days of it, at which the clocks change; null where they do not.</summary>
    public static DateTimeOffset? NextChange(DateTimeOffset after, TimeZoneInfo zone)
    {
        var (before, changed) = (after, after.AddDays(2));
        if (zone.GetUtcOffset(before) == zone.GetUtcOffset(changed))
        {
            return null;
        }

        var offset = zone.GetUtcOffset(before);
        while (changed - before > Precision)
        {
            var middle = before + ((changed - before) / 2);
            (before, changed) = zone.GetUtcOffset(middle) == offset ? (middle, changed) : (before, middle);
        }

        // Clocks change at whole seconds; what is left is the search's own rounding.
        var ticks = changed.UtcTicks - (changed.UtcTicks % TimeSpan.TicksPerSecond);
        return new DateTimeOffset(ticks, TimeSpan.Zero);
    }

    /// <summary>The days whose times may come within a day of a moment.</summary>
    public static IEnumerable<DateOnly> Days(DateTimeOffset moment, TimeZoneInfo zone)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, zone).DateTime);
        return [today, today.AddDays(1), today.AddDays(2)];
    }
}
