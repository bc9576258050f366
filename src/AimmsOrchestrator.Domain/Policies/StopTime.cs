using System.Globalization;

namespace AimmsOrchestrator.Domain.Policies;

/// <summary>
/// A time of day at which a batch is to be over, with results from all that began: submits end in time, then solvers are
/// asked for their best solutions so far.
/// </summary>
/// <param name="Time">The time of day.</param>
/// <param name="Zone">The time zone of that day.</param>
/// <param name="Lead">How long before the end solvers are asked; submits end as long before that again.</param>
public sealed record StopTime(TimeOnly Time, TimeZoneInfo Zone, TimeSpan Lead)
{
    /// <summary>1 min: time enough for a model to write its results.</summary>
    public static readonly TimeSpan DefaultLead = TimeSpan.FromMinutes(1);

    /// <summary>
    /// The moments of the next such time: the first one where clocks that go back show it twice, and the moment at which
    /// they skip it where they go forward.
    /// </summary>
    public StopSchedule After(DateTimeOffset now)
    {
        var end = LocalClock.Days(now, Zone).SelectMany(day => LocalClock.Moments(day, Time, Zone)).First(t => t > now);
        if (LocalClock.NextChange(now, Zone) is { } change && change < end && Skips(change))
        {
            end = change;
        }

        // With little time left the lead takes a share of it, or nothing would be submitted at all.
        var left = (end - now) / 4;
        var lead = Lead < left ? Lead : left;
        return new StopSchedule(end - (2 * lead), end - lead, end);
    }

    /// <summary>As a person writes it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Time:HH\\:mm\\:ss} {Zone.Id}");

    /// <summary>Whether the clocks jump over the time at a moment.</summary>
    private bool Skips(DateTimeOffset change)
    {
        var after = TimeZoneInfo.ConvertTime(change, Zone).DateTime;
        var time = DateOnly.FromDateTime(after).ToDateTime(Time);
        return Zone.IsInvalidTime(time) && time < after;
    }
}
