using System.Globalization;

namespace AimmsOrchestrator.Domain.Policies;

/// <summary>The hours of a day in which submits may happen, such as 19:00-07:00: the rest of the day belongs to others.</summary>
/// <param name="From">When it opens.</param>
/// <param name="Until">When it closes; before <paramref name="From"/> where it spans midnight.</param>
/// <param name="Zone">The time zone of those hours.</param>
public sealed record SubmitWindow(TimeOnly From, TimeOnly Until, TimeZoneInfo Zone)
{
    /// <summary>
    /// How long until submits may happen; zero where they may now. The window is open whenever the clocks show one of its
    /// times: twice where they go back over it, later where they skip its beginning.
    /// </summary>
    public TimeSpan UntilOpen(DateTimeOffset now)
    {
        if (IsOpen(now))
        {
            return TimeSpan.Zero;
        }

        var openings = LocalClock.Days(now, Zone).SelectMany(day => LocalClock.Moments(day, From, Zone));
        return LocalClock.NextChange(now, Zone) is { } change && IsOpen(change)
            ? openings.Append(change).Where(moment => moment > now).Min() - now
            : openings.First(moment => moment > now) - now;
    }

    /// <summary>As the scenario writes it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{From:HH\\:mm}-{Until:HH\\:mm}");

    private bool IsOpen(DateTimeOffset moment) =>
        TimeOnly.FromTimeSpan(TimeZoneInfo.ConvertTime(moment, Zone).TimeOfDay).IsBetween(From, Until);
}
