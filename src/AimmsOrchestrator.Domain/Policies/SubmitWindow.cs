using System.Globalization;

namespace AimmsOrchestrator.Domain.Policies;

/// <summary>The hours of a day in which submits may happen, such as 19:00-07:00: the rest of the day belongs to others.</summary>
/// <param name="From">When it opens.</param>
/// <param name="Until">When it closes; before <paramref name="From"/> where it spans midnight.</param>
/// <param name="Zone">The time zone of those hours.</param>
public sealed record SubmitWindow(TimeOnly From, TimeOnly Until, TimeZoneInfo Zone)
{
    /// <summary>How long until submits may happen; zero where they may now.</summary>
    public TimeSpan UntilOpen(DateTimeOffset now)
    {
        var local = TimeZoneInfo.ConvertTime(now, Zone);
        var time = TimeOnly.FromTimeSpan(local.TimeOfDay);
        if (time.IsBetween(From, Until))
        {
            return TimeSpan.Zero;
        }

        // The opening may be today's or tomorrow's, and a day on which clocks change has 23 or 25 hours.
        var day = DateOnly.FromDateTime(local.DateTime);
        var opens = At(time < From ? day : day.AddDays(1));
        return opens > now ? opens - now : TimeSpan.Zero;
    }

    /// <summary>As the scenario writes it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{From:HH\\:mm}-{Until:HH\\:mm}");

    private DateTimeOffset At(DateOnly day)
    {
        var local = day.ToDateTime(From);

        // An hour that the clocks skip opens the window when it would have begun.
        return new DateTimeOffset(local, Zone.GetUtcOffset(local));
    }
}
