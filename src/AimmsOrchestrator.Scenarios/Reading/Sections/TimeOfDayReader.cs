using System.Globalization;

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
        var zone = parts.Length == 1 ? TimeZoneInfo.Local : Zone(parts[1]);
        return Clock(parts[0]) is { } time && zone is not null ? (time, zone) : null;
    }

    private static TimeZoneInfo? Zone(string text)
    {
        if (text is "Z" or "UTC")
        {
            return TimeZoneInfo.Utc;
        }

        if (
            text.Length == 6
            && text[0] is '+' or '-'
            && TimeSpan.TryParseExact(text[1..], "hh\\:mm", CultureInfo.InvariantCulture, out var offset)
            && offset <= TimeSpan.FromHours(14)
        )
        {
            return TimeZoneInfo.CreateCustomTimeZone(text, text[0] == '-' ? -offset : offset, text, text);
        }

        return TimeZoneInfo.TryFindSystemTimeZoneById(text, out var zone) ? zone : null;
    }
}
