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

    [Fact]
    public void It_says_what_the_scenario_says() => Assert.Equal("19:00-07:00", Night.ToString());

    private static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
