using AimmsOrchestrator.Domain.Batches.Control;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Tests.Testing;

namespace AimmsOrchestrator.Tests.Engine;

/// <summary>Batches that a person pauses, continues and limits while they run.</summary>
public sealed class ControlTests : BatchTest
{
    private BatchControl Paused => new(Limits, Time.GetUtcNow());

    private BatchControl Continued => new(Limits, PausedSince: null);

    [Fact]
    public async Task A_paused_batch_brings_in_what_is_under_way_and_submits_nothing_until_it_continues()
    {
        Start();
        Advance(seconds: 1);
        Apply(Paused);
        Advance(seconds: 60);

        Assert.False(IsOver);
        Assert.Equal((4, 4L), (Service.Submits, Progress.CountByState.Completed));
        Assert.Equal((Time.GetUtcNow().AddSeconds(-60), null), (Progress.PausedSince, Progress.TimeLeft));
        Apply(Continued);
        Advance(seconds: 60);

        Assert.Equal(10, (await Outcome).Tally.Completed);
        Assert.Null(Progress.PausedSince);
    }

    [Fact]
    public async Task A_batch_that_is_resumed_while_it_is_paused_polls_its_tasks_and_submits_nothing()
    {
        Start();
        Advance(seconds: 1);
        PausedSince = Time.GetUtcNow();
        await ResumeAsync();
        Advance(seconds: 60);

        Assert.Equal((4, 4L), (Service.Submits, Progress.CountByState.Completed));
        Apply(Continued);
        Advance(seconds: 60);
        Assert.Equal(10, (await Outcome).Tally.Completed);
    }

    [Fact]
    public void A_failed_attempt_waits_for_the_end_of_the_pause_too()
    {
        Service.SubmitFault = n => n <= 4 ? new ServiceFault(FaultKind.Overloaded, "429") : null;
        Start();
        Apply(Paused);
        Advance(seconds: 600);
        var before = Service.Submits;
        Advance(seconds: 600);

        Assert.Equal(before, Service.Submits);
        Apply(Continued);
        Advance(seconds: 600);
        Assert.True(IsOver);
    }

    [Fact]
    public void A_lower_number_of_tasks_holds_as_soon_as_those_under_way_have_ended()
    {
        Runs = new FakeRuns(40);
        Start();
        Advance(seconds: 4);
        Apply(new BatchControl(Limits with { MaxUnfinishedTasks = 1 }, PausedSince: null));
        Advance(seconds: 5);
        var before = Service.Submits;
        Advance(seconds: 40);

        Assert.InRange(Service.Submits - before, 12, 14);
    }

    [Fact]
    public void A_higher_number_of_tasks_is_used_at_once()
    {
        Runs = new FakeRuns(40);
        Start();
        Advance(seconds: 1);
        Apply(new BatchControl(Limits with { MaxUnfinishedTasks = 20 }, PausedSince: null));
        Advance(seconds: 1);

        Assert.Equal((20, 20), (Service.Submits, Service.MostUnfinished));
    }

    [Fact]
    public void A_number_of_tasks_can_be_found_from_now_on_and_be_fixed_again()
    {
        Runs = new FakeRuns(4000);
        Start();
        Advance(seconds: 1);
        Assert.Null(Progress.Concurrency);
        Apply(new BatchControl(Limits with { MaxUnfinishedTasks = 32, FindsConcurrency = true }, PausedSince: null));
        Advance(seconds: 60);
        Assert.InRange(Progress.Concurrency ?? 0, 9, 32);
        Apply(new BatchControl(Limits with { MaxUnfinishedTasks = 2 }, PausedSince: null));
        Advance(seconds: 10);

        Assert.Null(Progress.Concurrency);
        Assert.InRange(Progress.CountByState.Queued + Progress.CountByState.Running, 0, 2);
    }

    [Fact]
    public void A_rate_is_changed_while_the_batch_runs()
    {
        Runs = new FakeRuns(1000);
        Start();
        Advance(seconds: 10);
        Apply(new BatchControl(Limits with { Submits = new Rate(2, TimeSpan.FromMinutes(1)) }, PausedSince: null));
        var before = Service.Submits;
        Advance(seconds: 600);

        Assert.InRange(Service.Submits - before, 19, 21);
    }
}
