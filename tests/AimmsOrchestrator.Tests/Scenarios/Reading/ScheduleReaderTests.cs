using System.Globalization;
using AimmsOrchestrator.Domain.Schedules;

namespace AimmsOrchestrator.Tests.Scenarios.Reading;

public sealed class ScheduleReaderTests
{
    [Fact]
    public void A_schedule_has_its_times_in_its_zone()
    {
        var schedule = Given.Sketch("schedule: { cron: 0 19 * * MON-FRI, zone: Europe/Amsterdam }\n").Schedule!;

        // 2026-11-27 is a Friday.
        Assert.Equal(
            ["2026-11-27T19:00:00+01:00", "2026-11-30T19:00:00+01:00"],
            Texts(schedule.Upcoming(At("2026-11-27T12:00:00Z"), 2))
        );
        Assert.Equal(ScheduleOverlap.Skip, schedule.Overlap);
    }

    [Fact]
    public void Without_a_zone_its_times_are_in_UTC()
    {
        var schedule = Given.Sketch("schedule: { cron: '@daily', overlap: queue }\n").Schedule!;

        Assert.Equal(["2026-11-28T00:00:00+00:00"], Texts(schedule.Upcoming(At("2026-11-27T12:00:00Z"), 1)));
        Assert.Equal(ScheduleOverlap.Queue, schedule.Overlap);
    }

    /// <summary>In Amsterdam the clocks go from 02:00 to 03:00 on 2027-03-28, and from 03:00 back to 02:00 on 2026-10-25.</summary>
    [Theory]
    [InlineData("30 2 * * *", "2027-03-27T12:00:00Z", "2027-03-28T03:00:00+02:00", "2027-03-29T02:30:00+02:00")]
    [InlineData("30 2 * * *", "2026-10-24T12:00:00Z", "2026-10-25T02:30:00+02:00", "2026-10-26T02:30:00+01:00")]
    [InlineData("*/30 * * * *", "2026-10-25T00:10:00Z", "2026-10-25T02:30:00+02:00", "2026-10-25T02:00:00+01:00")]
    [InlineData("*/30 * * * *", "2027-03-28T00:10:00Z", "2027-03-28T01:30:00+01:00", "2027-03-28T03:00:00+02:00")]
    public void A_night_in_which_clocks_change_has_each_time_once(
        string cron,
        string after,
        string first,
        string second
    )
    {
        var schedule = Given.Sketch($"schedule: {{ cron: \"{cron}\", zone: Europe/Amsterdam }}\n").Schedule!;

        Assert.Equal([first, second], Texts(schedule.Upcoming(At(after), 2)));
    }

    [Theory]
    [InlineData("cron: 0 19 * *", 19, "schedule.cron: \"0 19 * *\" has 4 of the 5 fields; write minute hour day")]
    [InlineData("cron: 0 25 * * *", 19, "(hours: Value must be a number between 0 and 23 (all inclusive)); write")]
    [InlineData("cron: 0 19 * * MON-FRY", 19, "(days of week: Value must be a number between 0 and 7")]
    [InlineData("cron: 0 0 30 2 *", 19, "schedule.cron: \"0 0 30 2 *\" never comes: no month has that day")]
    [InlineData("cron: '@every_second'", 19, "comes more often than every minute")]
    [InlineData("cron: '* * * * * *'", 19, "has 6 of the 5 fields")]
    [InlineData("cron: H H * * *", 19, "cannot be read")]
    [InlineData("zone: UTC", 11, "schedule.cron is missing: it says when")]
    [InlineData(
        "cron: '@daily', zone: Europe/Amsterdan",
        35,
        "\"Europe/Amsterdan\" is no time zone; write Europe/Amsterdam, UTC or +01:00; did you mean \"Europe/Amsterdam\"?"
    )]
    [InlineData("cron: '@daily', overlap: sikp", 38, "is not one of skip, queue; did you mean \"skip\"?")]
    [InlineData("cron: '@daily', when: now", 29, "schedule.when is not a key of a scenario")]
    public void What_no_clock_shows_is_an_error_at_its_place(string written, int column, string problem)
    {
        var diagnostic = Assert.Single(
            Given.Diagnostics($"name: t\nservice: {{ url: emulator, name: echo }}\nschedule: {{ {written} }}\n")
        );

        Assert.StartsWith($"scenario.yaml:3:{column}: ", diagnostic.ToString(), StringComparison.Ordinal);
        Assert.Contains(problem, diagnostic.ToString(), StringComparison.Ordinal);
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static IEnumerable<string> Texts(IEnumerable<DateTimeOffset> times) =>
        times.Select(time => time.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture));
}
