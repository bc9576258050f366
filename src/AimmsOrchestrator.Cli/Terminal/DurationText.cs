using System.Globalization;

namespace AimmsOrchestrator.Cli.Terminal;

/// <summary>Stretches of time as a person says them.</summary>
internal static class DurationText
{
    /// <summary><c>4.2 s</c>, <c>3 min 20 s</c>, <c>5 h 12 min</c>, <c>2 d 3 h</c>.</summary>
    public static string Text(this TimeSpan duration) =>
        duration switch
        {
            { TotalSeconds: < 9.95 } => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.0} s"),
            { TotalSeconds: < 59.5 } => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0} s"),
            { TotalMinutes: < 60 } => $"{(int)duration.TotalMinutes} min {duration.Seconds} s",
            { TotalHours: < 24 } => $"{(int)duration.TotalHours} h {duration.Minutes} min",
            _ => $"{(int)duration.TotalDays} d {duration.Hours} h",
        };

    /// <summary>A moment on this machine's clocks, with their zone: <c>2026-11-27 14:03 +01:00</c>.</summary>
    public static string Moment(this DateTimeOffset moment) =>
        moment.ToLocalTime().ToString("yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture);
}
