using System.Globalization;
using AimmsOrchestrator.Domain.Policies;

namespace AimmsOrchestrator.Scenarios.Reading.Sections;

/// <summary>Times of day, with or without a zone by its name or its offset.</summary>
internal static class TimeOfDayReader
{
    private static readonly string[] Forms = ["H:mm", "HH:mm", "HH:mm:ss"];

    /// <summary>A time of day alone; null where it is none.</summary>
    public static TimeOnly? Clock(string text) =>
        TimeOnly.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time
            : null;

    /// <summary>A time of day and its zone, this machine's where none is written; null where it is none.</summary>
    public static (TimeOnly Time, TimeZoneInfo Zone)? Parse(string text)
    {
        var parts = text.Split(' ', 2, StringSplitOptions.TrimEntries);
        var zone = parts.Length == 1 ? TimeZoneInfo.Local : TimeZones.Find(parts[1]);
        return Clock(parts[0]) is { } time && zone is not null ? (time, zone) : null;
    }
}
