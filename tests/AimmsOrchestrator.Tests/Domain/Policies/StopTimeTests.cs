using AimmsOrchestrator.Domain.Policies;

namespace AimmsOrchestrator.Tests.Domain.Policies;

public sealed class StopTimeTests
{
    private static readonly TimeZoneInfo Amsterdam = TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam");

    [Theory]
    [InlineData("2026-11-24T17:00:00Z", "2026-11-25T05:00:00Z")]
    [InlineData("2026-11-25T04:59:00Z", "2026-11-25T05:00:00Z")]
    [InlineData("2026-11-25T05:00:00Z", "2026-11-26T05:00:00Z")]
    [InlineData("2027-03-27T18:00:00Z", "2027-03-28T04:00:00Z")]
    public void The_end_is_the_next_such_time_in_its_zone(string now, string end)
    {
        var stop = new StopTime(new TimeOnly(6, 0), Amsterdam, StopTime.DefaultLead);

        Assert.Equal(DateTimeOffset.Parse(end, null), stop.After(DateTimeOffset.Parse(now, null)).End);
    }

    /// <summary>At 01:00 UTC the clocks of Amsterdam go from 03:00 to 02:00 (25 October 2026), or from 02:00 to 03:00 (29 March).</summary>
    [Theory]
    [InlineData("2026-10-25T00:29:48Z", "2026-10-25T00:30:00Z")]
    [InlineData("2026-10-24T18:00:00Z", "2026-10-25T00:30:00Z")]
    [InlineData("2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z")]
    [InlineData("2026-10-25T01:30:00Z", "2026-10-26T01:30:00Z")]
    [InlineData("2026-03-28T18:00:00Z", "2026-03-29T01:00:00Z")]
    [InlineData("2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z")]
    public void A_time_that_comes_twice_or_not_at_all_has_its_first_moment(string now, string end)
    {
        var stop = new StopTime(new TimeOnly(2, 30), Amsterdam, StopTime.DefaultLead);

        Assert.Equal(DateTimeOffset.Parse(end, null), stop.After(DateTimeOffset.Parse(now, null)).End);
    }

    [Fact]
    public void Submits_end_two_leads_before_and_solvers_are_asked_one_before()
    {
        var stop = new StopTime(new TimeOnly(6, 0), TimeZoneInfo.Utc, TimeSpan.FromMinutes(5));
        var end = new DateTimeOffset(2026, 11, 25, 6, 0, 0, TimeSpan.Zero);

        Assert.Equal(new StopSchedule(end.AddMinutes(-10), end.AddMinutes(-5), end), stop.After(end.AddHours(-12)));
        Assert.Equal(new StopSchedule(end.AddMinutes(-4), end.AddMinutes(-2), end), stop.After(end.AddMinutes(-8)));
    }
}
