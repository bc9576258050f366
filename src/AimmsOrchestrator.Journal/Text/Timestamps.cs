using System.Globalization;

namespace AimmsOrchestrator.Journal.Text;

/// <summary>Times and durations as the database spells them.</summary>
internal static class Timestamps
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <summary>ISO 8601 in UTC, cut to the millisecond; sorts as text in the order of time.</summary>
    public static string ToText(DateTimeOffset at) => at.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    /// <summary>The same; null for null.</summary>
    public static string? ToText(DateTimeOffset? at) => at is { } moment ? ToText(moment) : null;

    /// <exception cref="FormatException">The text is no such time.</exception>
    public static DateTimeOffset Parse(string text) =>
        DateTimeOffset.ParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    /// <summary>Rounded to the 100 ns that a <see cref="TimeSpan"/> counts, where <c>FromSeconds</c> would cut.</summary>
    public static TimeSpan Duration(double seconds) => new((long)Math.Round(seconds * TimeSpan.TicksPerSecond));
}
