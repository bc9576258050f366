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

    /// <summary>The moments of the next such time.</summary>
    public StopSchedule After(DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, Zone).DateTime);
        var end = At(today);
        if (end <= now)
        {
            end = At(today.AddDays(1));
        }

        // With little time left the lead takes a share of it, or nothing would be submitted at all.
        var left = (end - now) / 4;
        var lead = Lead < left ? Lead : left;
        return new StopSchedule(end - (2 * lead), end - lead, end);
    }

    /// <summary>As a person writes it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Time:HH\\:mm\\:ss} {Zone.Id}");

    private DateTimeOffset At(DateOnly day)
    {
        var local = day.ToDateTime(Time);
        return new DateTimeOffset(local, Zone.GetUtcOffset(local));
    }
}
