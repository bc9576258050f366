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
    public void A_cancel_is_in_force_until_it_is_taken_back_and_the_latest_one_says_what_becomes_of_the_tasks()
    {
        List<ControlSetting> settings = [];
        List<(bool, bool)> seen = [];
        foreach (
            var next in new[]
            {
                ControlLog.Cancelling(keepRunning: true, Begin, "anna"),
                ControlLog.Cancelling(keepRunning: false, Begin, "anna"),
                ControlLog.NotCancelling(Begin),
            }
        )
        {
            settings.Add(next);
            var log = new ControlLog(settings);
            seen.Add((log.Cancel is not null, log.KeepsRunning));
        }

        Assert.Equal([(true, true), (true, false), (false, false)], seen);
        Assert.Empty(new ControlLog(settings).Limits);
    }

    private static ControlSetting Set(string name, string value) => new(name, value, Begin, "a person");

    private static ControlSetting Pause(bool isPaused, double minutes) =>
        ControlLog.Pausing(isPaused, Begin.AddMinutes(minutes), "a person");
}
