using AimmsOrchestrator.Domain.Polling.Hooks;

namespace AimmsOrchestrator.Tests.Domain.Polling.Hooks;

public sealed class TaskHintsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 18, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_call_of_an_end_asks_for_a_poll_at_once()
    {
        Assert.Null(TaskHints.None.Wait(Now));
        Assert.Equal(TimeSpan.Zero, TaskHints.None.Add(isOfEnd: true, Now).Wait(Now));
    }

    [Fact]
    public void Other_calls_share_one_poll_five_seconds_after_the_first()
    {
        var hints = TaskHints.None.Add(isOfEnd: false, Now).Add(isOfEnd: false, Now.AddSeconds(3));

        Assert.Equal(TimeSpan.FromSeconds(1), hints.Wait(Now.AddSeconds(4)));
        Assert.Null(hints.Seen(isExecuting: true, Now.AddSeconds(4)).Wait(Now.AddSeconds(4)));
        Assert.NotNull(hints.Seen(isExecuting: false, Now.AddSeconds(4)).Wait(Now.AddSeconds(4)));
    }

    [Fact]
    public void An_end_that_does_not_show_is_polled_once_more_after_half_a_second()
    {
        var seen = TaskHints.None.Add(isOfEnd: true, Now).Seen(isExecuting: true, Now);
        Assert.Equal(TimeSpan.FromSeconds(0.5), seen.Wait(Now));

        var again = seen.Seen(isExecuting: true, Now.AddSeconds(0.5));
        Assert.Null(again.Wait(Now.AddSeconds(0.5)));
        Assert.Equal(
            TimeSpan.FromSeconds(0.4),
            again.Add(isOfEnd: true, Now.AddSeconds(0.6)).Wait(Now.AddSeconds(0.6))
        );
    }

    [Fact]
    public void A_poll_that_other_calls_led_to_does_not_delay_the_one_of_the_end()
    {
        var seen = TaskHints.None.Add(isOfEnd: false, Now).Seen(isExecuting: true, Now.AddSeconds(2));

        Assert.Equal(TimeSpan.Zero, seen.Add(isOfEnd: true, Now.AddSeconds(2.1)).Wait(Now.AddSeconds(2.1)));
    }

    [Fact]
    public void A_clock_that_is_set_back_delays_no_poll_by_more_than_five_seconds()
    {
        var back = Now.AddHours(-1);

        Assert.Equal(TimeSpan.FromSeconds(5), TaskHints.None.Add(isOfEnd: true, Now).Wait(back));
    }
}
