using AimmsOrchestrator.Domain.Schedules;

namespace AimmsOrchestrator.Tests.Domain.Schedules;

/// <summary>A schedule of every day at 19:00 UTC.</summary>
public sealed class ScheduleRulesTests
{
    private static readonly DateTimeOffset Monday = new(2026, 11, 23, 19, 0, 0, TimeSpan.Zero);

    private static readonly Schedule Nightly = new()
    {
        Number = 3,
        Owner = "alice",
        Scenario = "nightly",
        Cron = "0 19 * * *",
        Zone = "UTC",
        Overlap = ScheduleOverlap.Skip,
        CreatedAt = Monday.AddDays(-2),
        Next = Monday,
        LastDue = Monday.AddDays(-1),
        LastBatch = "nightly-1",
    };

    [Fact]
    public void Nothing_begins_before_its_time()
    {
        Assert.IsType<ScheduleStep.Wait>(StepOf(Nightly, Monday.AddSeconds(-1)));
    }

    [Fact]
    public void A_time_that_has_come_begins_a_batch_and_moves_to_the_next()
    {
        Assert.Equal(
            new ScheduleStep.Fire(new Firing(3, Monday, Monday.AddDays(1), Late: null)),
            StepOf(Nightly, Monday.AddSeconds(0.9))
        );
    }

    [Theory]
    [InlineData(1, "was due at 2026-11-23 19:00 UTC: the server was down")]
    [InlineData(
        25,
        "was due at 2026-11-23 19:00 UTC: the server was down; one later time was missed as well, and is not made up for"
    )]
    [InlineData(
        49,
        "was due at 2026-11-23 19:00 UTC: the server was down; 2 later times were missed as well, and are not made up for"
    )]
    public void What_was_missed_while_the_server_was_down_begins_once_and_says_so(int hours, string late)
    {
        var started = Monday.AddHours(hours);

        var fire = Assert.IsType<ScheduleStep.Fire>(StepOf(Nightly, started, servesSince: started));

        Assert.Equal(late, fire.Firing.Late);
        Assert.Equal(Monday.AddDays(1 + (hours / 24)), fire.Firing.Next);
    }

    [Fact]
    public void A_clock_that_jumps_forward_begins_what_it_jumped_over_once()
    {
        var fire = Assert.IsType<ScheduleStep.Fire>(StepOf(Nightly, Monday.AddHours(5)));

        Assert.Contains("its clock was set forward", fire.Firing.Late, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(23)]
    public void A_clock_that_is_set_back_begins_no_time_again(int hours)
    {
        var after = Nightly with { LastDue = Monday, Next = Monday.AddDays(1) };

        Assert.IsType<ScheduleStep.Wait>(StepOf(after, Monday.AddHours(1 - hours)));
    }

    [Fact]
    public void A_clock_that_was_a_year_ahead_does_not_hold_a_schedule_back_for_a_year()
    {
        var ahead = Nightly with { LastDue = Monday.AddYears(1), Next = Monday.AddYears(1).AddDays(1) };

        var move = Assert.IsType<ScheduleStep.Move>(StepOf(ahead, Monday.AddHours(-1)));

        Assert.Equal((Monday, null), (move.Next, move.Due));
    }

    [Fact]
    public void A_time_is_left_out_while_the_last_batch_is_under_way()
    {
        var move = Assert.IsType<ScheduleStep.Move>(StepOf(Nightly, Monday, isLastUnderWay: true));

        Assert.Equal(
            new ScheduleStep.Move(
                Monday.AddDays(1),
                Monday,
                "2026-11-23 19:00 UTC was left out: nightly-1 was still under way"
            ),
            move
        );
    }

    [Fact]
    public void A_time_waits_for_the_end_of_the_last_batch_where_the_schedule_says_so()
    {
        var queued = Nightly with { Overlap = ScheduleOverlap.Queue };

        Assert.Equal(new ScheduleStep.Hold("nightly-1"), StepOf(queued, Monday, isLastUnderWay: true));
        var fire = Assert.IsType<ScheduleStep.Fire>(
            StepOf(queued with { WaitsFor = "nightly-1" }, Monday.AddHours(30))
        );
        Assert.Equal(
            "was due at 2026-11-23 19:00 UTC: it waited for nightly-1 to end; one later time was missed as well, and is not made up for",
            fire.Firing.Late
        );
    }

    [Fact]
    public void Nothing_begins_while_it_is_paused()
    {
        Assert.IsType<ScheduleStep.Wait>(StepOf(Nightly with { PausedAt = Monday.AddDays(-1) }, Monday));
    }

    private static ScheduleStep StepOf(
        Schedule schedule,
        DateTimeOffset now,
        DateTimeOffset? servesSince = null,
        bool isLastUnderWay = false
    ) =>
        ScheduleRules.Next(
            schedule,
            now,
            servesSince ?? Monday.AddDays(-7),
            isLastUnderWay,
            moment =>
            {
                var today = new DateTimeOffset(moment.Date, TimeSpan.Zero).AddHours(19);
                return today > moment ? today : today.AddDays(1);
            }
        );
}
