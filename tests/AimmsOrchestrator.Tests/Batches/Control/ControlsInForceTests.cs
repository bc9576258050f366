using AimmsOrchestrator.Batches.Control;
using AimmsOrchestrator.Domain.Batches.Control;
using AimmsOrchestrator.Domain.Throttling;

namespace AimmsOrchestrator.Tests.Batches.Control;

/// <summary>What people set of a batch, some of it with a program of another version.</summary>
public sealed class ControlsInForceTests
{
    private static readonly DateTimeOffset Begin = new(2026, 11, 27, 18, 0, 0, TimeSpan.Zero);
    private static readonly Limits Limits = new() { MaxUnfinishedTasks = 8 };

    [Fact]
    public void The_latest_settings_hold_and_nothing_is_warned_of()
    {
        var (control, warning) = Of(
            ("limits.concurrency", "4"),
            ("paused", "true"),
            ("limits.concurrency", "5"),
            ("priority", "high"),
            ("limits.unconfirmed", "2")
        );

        Assert.Equal((5, 2), (control.Limits.MaxUnfinishedTasks, control.Limits.MaxUnconfirmedSubmits));
        Assert.Equal(Priority.High, control.Limits.Priority);
        Assert.Equal(Begin.AddMinutes(1), control.PausedSince);
        Assert.Null(warning);
    }

    [Fact]
    public void What_cannot_be_read_is_left_out_and_named_and_the_setting_before_it_holds()
    {
        var (control, warning) = Of(
            ("limits.concurrency", "4"),
            ("limits.concurrency", "as-spring-tides"),
            ("limits.gpus", "2"),
            ("limits.unconfirmed", "3")
        );

        Assert.Equal((4, 3), (control.Limits.MaxUnfinishedTasks, control.Limits.MaxUnconfirmedSubmits));
        Assert.Contains("limits.concurrency=as-spring-tides by a person", warning, StringComparison.Ordinal);
        Assert.Contains("limits.gpus=2 by a person", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_none_of_a_name_can_be_read_the_scenarios_limit_holds() =>
        Assert.Equal(8, Of(("limits.concurrency", "as-spring-tides")).Control.Limits.MaxUnfinishedTasks);

    [Fact]
    public void A_cancel_is_no_limit_and_nothing_that_cannot_be_read() =>
        Assert.Null(Of(("cancel", "keep-running"), ("cancel", "taken-back 1")).Warning);

    [Fact]
    public void A_later_setting_that_can_be_read_ends_the_warning()
    {
        var (control, warning) = Of(("limits.concurrency", "as-spring-tides"), ("limits.concurrency", "6"));

        Assert.Equal(6, control.Limits.MaxUnfinishedTasks);
        Assert.Null(warning);
    }

    private static ControlsInForce Of(params (string Name, string Value)[] settings) =>
        ControlsInForce.Of(
            Limits,
            new ControlLog([
                .. settings.Select(
                    (set, i) => new ControlSetting(set.Name, set.Value, Begin.AddMinutes(i), "a person")
                ),
            ])
        );
}
