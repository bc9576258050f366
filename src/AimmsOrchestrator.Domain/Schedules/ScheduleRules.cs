using System.Globalization;

namespace AimmsOrchestrator.Domain.Schedules;

/// <summary>When a schedule begins a batch.</summary>
public static class ScheduleRules
{
    /// <summary>How far a last time may be in the future before the clock counts as set back, rather than as changed a little.</summary>
    public static readonly TimeSpan LargestCorrection = TimeSpan.FromDays(1);

    /// <summary>What comes later than this is said to be late.</summary>
    private static readonly TimeSpan InTime = TimeSpan.FromMinutes(1);

    /// <summary>How many missed times are counted: a schedule of every minute that rested for a year has half a million.</summary>
    private const int MostCounted = 1000;

    /// <summary>
    /// What is to be done now. Of several times that were missed one begins a batch. A clock that was set back does not begin
    /// a time again; where it was set back by more than a day, the next time is found anew.
    /// </summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="now">The time.</param>
    /// <param name="servesSince">Since when this process looks at schedules.</param>
    /// <param name="isLastUnderWay">Whether its last batch has neither ended nor stopped.</param>
    /// <param name="after">Its first time after a moment; null where there is none.</param>
    public static ScheduleStep Next(
        Schedule schedule,
        DateTimeOffset now,
        DateTimeOffset servesSince,
        bool isLastUnderWay,
        Func<DateTimeOffset, DateTimeOffset?> after
    )
    {
        ArgumentNullException.ThrowIfNull(schedule);
        ArgumentNullException.ThrowIfNull(after);
        if (schedule.PausedAt is not null)
        {
            return new ScheduleStep.Wait();
        }

        if (schedule.LastDue is { } last && last > now + LargestCorrection)
        {
            return new ScheduleStep.Move(after(now), Due: null, $"the clock was set back to before {Text(last)}");
        }

        if (schedule.Next is not { } due || due > now)
        {
            return new ScheduleStep.Wait();
        }

        if (isLastUnderWay && schedule.LastBatch is { } batch)
        {
            return schedule.Overlap == ScheduleOverlap.Queue
                ? new ScheduleStep.Hold(batch)
                : new ScheduleStep.Move(after(now), due, $"{Text(due)} was left out: {batch} was still under way");
        }

        return new ScheduleStep.Fire(
            new Firing(schedule.Number, due, after(now), Late(schedule, due, now, servesSince, after))
        );
    }

    /// <summary>A moment as it stands in sentences: UTC, since whose clock it is said to is not known here.</summary>
    public static string Text(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static string? Late(
        Schedule schedule,
        DateTimeOffset due,
        DateTimeOffset now,
        DateTimeOffset servesSince,
        Func<DateTimeOffset, DateTimeOffset?> after
    )
    {
        var missed = Missed(due, now, after);
        if (missed == 0 && now - due <= InTime)
        {
            return null;
        }

        var why =
            schedule.WaitsFor is { } batch ? $"it waited for {batch} to end"
            : due < servesSince ? "the server was down"
            : "the server's machine slept, or its clock was set forward";
        var more = missed switch
        {
            0 => "",
            1 => "; one later time was missed as well, and is not made up for",
            MostCounted => $"; {MostCounted} later times or more were missed as well, and are not made up for",
            _ => string.Create(
                CultureInfo.InvariantCulture,
                $"; {missed} later times were missed as well, and are not made up for"
            ),
        };
        return $"was due at {Text(due)}: {why}{more}";
    }

    private static int Missed(DateTimeOffset due, DateTimeOffset now, Func<DateTimeOffset, DateTimeOffset?> after)
    {
        var missed = 0;
        for (var at = after(due); at <= now && missed < MostCounted; at = after(at.Value))
        {
            missed++;
        }

        return missed;
    }
}
