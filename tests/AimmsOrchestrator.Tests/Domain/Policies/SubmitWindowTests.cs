using System.Globalization;
using AimmsOrchestrator.Domain.Policies;

namespace AimmsOrchestrator.Tests.Domain.Policies;

public sealed class SubmitWindowTests
{
    private static readonly TimeZoneInfo Amsterdam = TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam");
    private static readonly SubmitWindow Night = new(new TimeOnly(19, 0), new TimeOnly(7, 0), Amsterdam);
    private static readonly SubmitWindow Lunch = new(new TimeOnly(12, 0), new TimeOnly(13, 30), Amsterdam);

    [Theory]
    [InlineData("2026-11-24T19:00:00+01:00", 0)]
    [InlineData("2026-11-24T23:59:59+01:00", 0)]
    [InlineData("2026-11-25T06:59:59+01:00", 0)]
    [InlineData("2026-11-25T07:00:00+01:00", 12)]
    [InlineData("2026-11-24T18:30:00+01:00", 0.5)]
    [InlineData("2026-11-24T17:30:00Z", 0.5)]
    public void A_window_may_span_midnight(string now, double hours) =>
        Assert.Equal(hours, Night.UntilOpen(Moment(now)).TotalHours);

    [Theory]
    [InlineData("2026-11-24T12:00:00+01:00", 0)]
    [InlineData("2026-11-24T13:30:00+01:00", 22.5)]
    [InlineData("2026-11-24T08:00:00+01:00", 4)]
    public void A_window_of_the_day_opens_again_tomorrow(string now, double hours) =>
        Assert.Equal(hours, Lunch.UntilOpen(Moment(now)).TotalHours);

    /// <summary>In the night to 29 March 2026 the clocks of Amsterdam skip an hour, in the one to 25 October they repeat one.</summary>
    [Theory]
    [InlineData("2026-03-28T13:30:00+01:00", 21.5)]
    [InlineData("2026-10-24T13:30:00+02:00", 23.5)]
    public void A_day_on_which_clocks_change_has_its_own_length(string now, double hours) =>
        Assert.Equal(hours, Lunch.UntilOpen(Moment(now)).TotalHours);

    /// <summary>At 01:00 UTC the clocks of Amsterdam go from 03:00 to 02:00 (25 October 2026), or from 02:00 to 03:00 (29 March).</summary>
    [Theory]
    [InlineData("02:30", "05:00", "2026-10-25T00:29:48Z", 12)]
    [InlineData("02:30", "05:00", "2026-10-25T00:30:01Z", 0)]
    [InlineData("02:30", "05:00", "2026-10-25T01:10:00Z", 1200)]
    [InlineData("02:30", "05:00", "2026-10-25T01:30:00Z", 0)]
    [InlineData("19:00", "02:30", "2026-10-25T00:40:00Z", 1200)]
    [InlineData("19:00", "02:30", "2026-10-25T01:10:00Z", 0)]
    [InlineData("03:00", "05:00", "2026-10-25T00:59:59Z", 3601)]
    [InlineData("02:30", "05:00", "2026-03-29T00:59:48Z", 12)]
    [InlineData("02:30", "05:00", "2026-03-29T01:00:00Z", 0)]
    [InlineData("02:15", "02:45", "2026-03-29T00:59:00Z", 83760)]
    [InlineData("03:00", "05:00", "2026-03-29T00:59:48Z", 12)]
    public void A_window_is_open_whenever_the_clocks_show_it(string from, string until, string now, int seconds)
    {
        var window = new SubmitWindow(
            TimeOnly.Parse(from, CultureInfo.InvariantCulture),
            TimeOnly.Parse(until, CultureInfo.InvariantCulture),
            Amsterdam
        );

        Assert.Equal(seconds, window.UntilOpen(Moment(now)).TotalSeconds);
    }

    /// <summary>In Lord Howe the clocks change by half an hour, at 02:00; in Apia 30 December 2011 was no day at all.</summary>
    [Theory]
    [InlineData("Australia/Lord_Howe", "01:45", "02:00", "2026-04-05T01:30:00+11:00", 900)]
    [InlineData("Australia/Lord_Howe", "01:45", "02:00", "2026-04-05T01:30:00+10:30", 900)]
    [InlineData("Australia/Lord_Howe", "02:10", "04:00", "2026-10-04T01:59:00+10:30", 60)]
    [InlineData("Pacific/Apia", "12:00", "13:00", "2011-12-29T13:00:00-10:00", 82800)]
    public void Clocks_may_change_by_any_amount(string zone, string from, string until, string now, int seconds)
    {
        var window = new SubmitWindow(
            TimeOnly.Parse(from, CultureInfo.InvariantCulture),
            TimeOnly.Parse(until, CultureInfo.InvariantCulture),
            TimeZoneInfo.FindSystemTimeZoneById(zone)
        );

        Assert.Equal(seconds, window.UntilOpen(Moment(now)).TotalSeconds);
    }

    [Fact]
    public void It_says_what_the_scenario_says() => Assert.Equal("19:00-07:00", Night.ToString());

    private static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
