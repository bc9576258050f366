using AimmsOrchestrator.Domain.Policies;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Tests.Testing;

namespace AimmsOrchestrator.Tests.Engine;

/// <summary>Tasks that take too long, through the real actors.</summary>
public sealed class TimeLimitTests : BatchTest
{
    [Fact]
    public async Task A_task_that_ended_while_it_was_about_to_be_withdrawn_keeps_its_result()
    {
        Runs = new FakeRuns(1);
        Limits = new Limits { MaxUnfinishedTasks = 1, Requests = new Rate(1, TimeSpan.FromSeconds(5)) };
        Service.QueueTime = TimeSpan.FromSeconds(62);
        Service.TaskDuration = TimeSpan.FromSeconds(1);
        Plan = plan => plan with { TimeLimits = new TimeLimits { Queue = Fixed(60) } };
        Start();
        Advance(seconds: 200);

        Assert.Equal(1, (await Outcome).Tally.Completed);
    }

    [Fact]
    public async Task A_solve_over_its_limit_comes_back_as_an_incumbent()
    {
        Plan = plan => plan with { TimeLimits = new TimeLimits { Solve = Fixed(10) } };
        Service.TaskDuration = TimeSpan.FromHours(1);
        Start();
        Advance(seconds: 60);

        Assert.Equal(10, (await Outcome).Tally.Completed);
        Assert.All(Steps<RunCompleted>(), step => Assert.True(step.IsIncumbent));
        Assert.All(Service.Interrupts, i => Assert.Equal(Interrupt.Solve, i.How));
    }

    [Fact]
    public async Task A_task_that_obeys_no_interrupt_is_ended_after_the_grace_and_not_sent_again()
    {
        Plan = plan =>
            plan with
            {
                TimeLimits = new TimeLimits { Run = Fixed(10), Grace = TimeSpan.FromSeconds(5) },
            };
        Service.TaskDuration = TimeSpan.FromHours(1);
        Service.ObeysInterrupts = false;
        Start();
        Advance(seconds: 120);

        Assert.Equal(10, (await Outcome).Tally.Failed);
        Assert.Equal(10, Service.Submits);
        Assert.All(Steps<RunFailed>(), step => Assert.Equal(RunErrorKind.TimedOut, step.Error.Kind));
    }

    [Fact]
    public async Task A_limit_in_medians_is_learned_from_the_runs_themselves()
    {
        Plan = plan => plan with { TimeLimits = new TimeLimits { Solve = new TimeLimit(Fixed: null, 3) } };
        Runs = new FakeRuns(20);
        Limits = new Limits { MaxUnfinishedTasks = 1 };
        Start();
        Advance(seconds: 40);
        Service.TaskDuration = TimeSpan.FromHours(1);
        Advance(seconds: 400);

        Assert.Equal(20, (await Outcome).Tally.Completed);
        Assert.InRange(Steps<RunCompleted>().Count(step => step.IsIncumbent), 5, 8);
    }

    [Fact]
    public async Task Finished_tasks_are_deleted_and_those_an_earlier_process_did_not_get_to()
    {
        Plan = plan => plan with { DeletesTasks = true };
        Start();
        Advance(seconds: 60);

        Assert.Equal(10, (await Outcome).Tally.Completed);
        Assert.Equal(10, Service.Deleted.Count);
        Assert.Equal(10, Journal.OfType<AimmsOrchestrator.Domain.Journaling.TaskDeleted>().Count());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_service_that_deletes_nothing_keeps_a_finished_batch_for_a_quarter_of_an_hour(bool isAway)
    {
        Plan = plan => plan with { DeletesTasks = true };
        Service.DeleteFault = () => new ServiceFault(FaultKind.Broken, "500");
        Service.Outage = () =>
            isAway && Steps<RunCompleted>().Count == 10 ? new ServiceFault(FaultKind.Unreachable, "refused") : null;
        Start();
        Advance(seconds: 300);
        Assert.False(IsOver);

        Advance(seconds: 900);

        var tally = (await Outcome).Tally;
        Assert.Equal((10, 10), (tally.Completed, tally.TasksKept));
    }

    private static TimeLimit Fixed(int seconds) => new(TimeSpan.FromSeconds(seconds), Medians: null);
}
