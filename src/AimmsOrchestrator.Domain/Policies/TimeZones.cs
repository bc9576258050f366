using System.Globalization;

namespace AimmsOrchestrator.Domain.Policies;

/// <summary>Time zones by what people write: a name such as <c>Europe/Amsterdam</c>, <c>UTC</c>, or an offset such as <c>+01:00</c>.</summary>
public static class TimeZones
{
    /// <summary>The zone; null where there is none of that name.</summary>
    public static TimeZoneInfo? Find(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
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
