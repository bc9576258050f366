using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Policies;
using AimmsOrchestrator.Domain.Progress;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Domain.Throttling;

namespace AimmsOrchestrator.Tests.Engine.Solves;

/// <summary>How far solvers are is asked seldom, of one task after the other.</summary>
public sealed class SolvesTests : BatchTest
{
    private readonly FakeMonitor _monitor = new();

    public SolvesTests()
    {
        Solves = _monitor;
        Service.TaskDuration = TimeSpan.FromSeconds(100);
    }

    [Fact]
    public async Task Long_tasks_are_asked_in_turn_every_five_seconds_and_the_latest_answer_is_kept()
    {
        Runs = new(4);
        Start();
        Advance(seconds: 9);
        Assert.Equal(0, _monitor.Asked);
        Advance(seconds: 51);

        // After 10 to 60 seconds, every five.
        Assert.InRange(_monitor.Asked, 9, 11);
        var solves = Journal.OfType<SolveSeen>().Select(entry => entry.Solve).ToList();
        Assert.Equal([0L, 1L, 2L, 3L], solves.Take(4).Select(solve => solve.Run).Order());
        Assert.Equal(_monitor.Asked, solves[^1].Status.Incumbent);

        Advance(seconds: 100);
        Assert.Equal(4, (await Outcome).Tally.Completed);
        var asked = _monitor.Asked;
        Advance(seconds: 100);
        Assert.Equal(asked, _monitor.Asked);
    }

    [Fact]
    public void A_limit_on_requests_leaves_them_a_twentieth()
    {
        // 60 in a minute: one in 20 seconds for solves.
        Plan = plan => plan with { Poll = PollPolicy.Every(TimeSpan.FromSeconds(30)) };
        Limits = Limits with { Requests = new Rate(60, TimeSpan.FromMinutes(1)) };
        Start();
        Advance(seconds: 90);

        Assert.InRange(_monitor.Asked, 3, 4);
    }

    [Fact]
    public void Models_that_write_nothing_are_left_alone_after_a_hundred_requests()
    {
        Service.TaskDuration = TimeSpan.FromHours(1);
        _monitor.Fault = new ServiceFault(FaultKind.Unknown, "404");
        Start();
        Advance(seconds: 3000);

        Assert.Equal(100, _monitor.Asked);
        Assert.Empty(Journal.OfType<SolveSeen>());
    }

    [Fact]
    public async Task A_task_that_runs_while_its_batch_is_resumed_is_asked_about()
    {
        Runs = new(1);
        Start();
        Advance(seconds: 5);
        Leave();
        Advance(seconds: 1);
        await Outcome;
        Assert.Equal(0, _monitor.Asked);

        await ResumeAsync();
        Advance(seconds: 60);

        Assert.InRange(_monitor.Asked, 8, 12);
    }

    [Fact]
    public async Task A_bug_in_what_asks_them_is_a_warning_and_the_batch_goes_on()
    {
        _monitor.Bug = new InvalidOperationException("out of range");
        Runs = new(4);
        Start();
        Advance(seconds: 200);

        Assert.Equal(4, (await Outcome).Tally.Completed);
        Assert.Equal(1, _monitor.Asked);
        var warning = Journal.OfType<BatchWarned>().Single();
        Assert.Equal(
            ("solvers", "how far the solvers are is not asked any more: a bug in this program: out of range"),
            (warning.Subject, warning.Message)
        );
    }
}
