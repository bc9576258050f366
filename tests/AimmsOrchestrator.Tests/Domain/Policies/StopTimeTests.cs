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

    [Fact]
    public void Submits_end_two_leads_before_and_solvers_are_asked_one_before()
    {
        var stop = new StopTime(new TimeOnly(6, 0), TimeZoneInfo.Utc, TimeSpan.FromMinutes(5));
        var end = new DateTimeOffset(2026, 11, 25, 6, 0, 0, TimeSpan.Zero);

        Assert.Equal(new StopSchedule(end.AddMinutes(-10), end.AddMinutes(-5), end), stop.After(end.AddHours(-12)));
        Assert.Equal(new StopSchedule(end.AddMinutes(-4), end.AddMinutes(-2), end), stop.After(end.AddMinutes(-8)));
    }
}
