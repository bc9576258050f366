using AimmsOrchestrator.Domain.Batches.Control;

namespace AimmsOrchestrator.Tests.Domain.Batches.Control;

/// <summary>What people set of a batch.</summary>
public sealed class ControlLogTests
{
    private static readonly DateTimeOffset Begin = new(2026, 11, 27, 18, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_latest_setting_of_a_name_is_in_force()
    {
        var log = new ControlLog([
            Set("limits.submits", "1/s"),
            Set("limits.concurrency", "4"),
            Set("limits.concurrency", "5"),
        ]);

        Assert.Equal(["limits.concurrency 5", "limits.submits 1/s"], log.Limits.Select(s => $"{s.Name} {s.Value}"));
        Assert.Null(log.Pause);
    }

    [Fact]
    public void Pauses_add_up_and_one_that_lasts_counts_up_to_the_moment()
    {
        var log = new ControlLog([Pause(true, 0), Pause(false, 10), Pause(true, 30)]);

        Assert.Equal(Begin.AddMinutes(30), log.Pause?.At);
        Assert.Equal(10, log.PausedUntil(Begin.AddMinutes(30)).TotalMinutes);
        Assert.Equal(15, log.PausedUntil(Begin.AddMinutes(35)).TotalMinutes);
        Assert.Equal(5, log.PausedUntil(Begin.AddMinutes(5)).TotalMinutes);
    }

    [Fact]
    public void The_latest_cancel_is_in_force_until_it_is_taken_back_itself()
    {
        var (keeps, ends) = (Cancel(keepRunning: true), Cancel(keepRunning: false));

        var one = new ControlLog([Set("limits.submits", "1/s"), keeps]);
        Assert.Equal((keeps, true, false), (one.Cancel, one.KeepsRunning, one.IsCancelTakenBack));
        var back = Assert.Single(one.TakeBack(Begin));
        Assert.Equal("taken-back 2", back.Value);

        var none = new ControlLog([.. one.Settings, back]);
        Assert.Equal((null, false, true), (none.Cancel, none.KeepsRunning, none.IsCancelTakenBack));
        Assert.Empty(none.TakeBack(Begin));
        Assert.Single(none.Limits);

        // One that comes while the one before it is taken back holds, whichever of the two is written first.
        Assert.Equal(ends, new ControlLog([.. one.Settings, ends, back]).Cancel);
        Assert.Equal(ends, new ControlLog([.. one.Settings, back, ends]).Cancel);
    }

    [Fact]
    public void Where_no_cancel_was_asked_for_none_is_taken_back()
    {
        var log = new ControlLog([Set("limits.submits", "1/s")]);

        Assert.False(log.IsCancelTakenBack);
        Assert.Empty(log.TakeBack(Begin));
    }

    private static ControlSetting Cancel(bool keepRunning) => ControlLog.Cancelling(keepRunning, Begin, "anna");

    private static ControlSetting Set(string name, string value) => new(name, value, Begin, "a person");

    private static ControlSetting Pause(bool isPaused, double minutes) =>
        ControlLog.Pausing(isPaused, Begin.AddMinutes(minutes), "a person");
}
