using AimmsOrchestrator.Domain.Policies;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Tests.Testing;

namespace AimmsOrchestrator.Tests.Engine;

/// <summary>Planned polls, through the real actors.</summary>
public sealed class PollingTests : BatchTest
{
    public PollingTests()
    {
        Runs = new FakeRuns(100);
        Limits = new Limits { MaxUnfinishedTasks = 10 };
        Service.PageSize = 1000;
        Service.TaskDuration = TimeSpan.FromSeconds(30);
        Plan = plan => plan with { Poll = PollPolicy.Adaptive() };
    }

    [Fact]
    public async Task One_list_tells_of_all_tasks()
    {
        Start();
        Advance(seconds: 400);

        Assert.Equal(100, (await Outcome).Tally.Completed);
        Assert.InRange(Service.Lists, 10, 250);
        Assert.InRange(Service.Polls, 0, 40);
    }

    [Fact]
    public async Task Polls_and_the_removal_of_tasks_share_the_rate_of_requests_and_hold_each_other_up_no_longer()
    {
        Runs = new FakeRuns(20);
        Limits = new Limits { MaxUnfinishedTasks = 10, Requests = new Rate(1, TimeSpan.FromSeconds(1)) };
        Plan = plan => plan with { Poll = PollPolicy.Adaptive(), DeletesTasks = true };
        Start();
        Advance(seconds: 300);

        Assert.Equal(20, (await Outcome).Tally.Completed);
        Assert.Equal(20, Service.Deleted.Count);
    }

    [Fact]
    public async Task Where_the_list_is_refused_each_task_is_polled()
    {
        Service.ListFault = _ => new ServiceFault(FaultKind.Refused, "403 Forbidden") { HttpStatus = 403 };
        Start();
        Advance(seconds: 600);

        Assert.Equal(100, (await Outcome).Tally.Completed);
        Assert.Equal(1, Service.Lists);
        Assert.InRange(Service.Polls, 100, 700);
    }

    [Fact]
    public async Task A_list_that_fails_once_is_asked_again()
    {
        Service.ListFault = n => n == 1 ? new ServiceFault(FaultKind.Overloaded, "500") : null;
        Start();
        Advance(seconds: 400);

        Assert.Equal(100, (await Outcome).Tally.Completed);
        Assert.InRange(Service.Lists, 2, 250);
        Assert.InRange(Service.Lists + Service.Polls, 10, 250);
    }

    [Fact]
    public async Task A_list_that_is_behind_the_tasks_is_not_trusted_for_long()
    {
        Service.ListLag = TimeSpan.FromSeconds(20);
        Start();
        Advance(seconds: 900);

        Assert.Equal(100, (await Outcome).Tally.Completed);
        Assert.InRange(Service.Polls, 50, 700);
    }

    [Fact]
    public async Task A_list_that_never_changes_is_found_out_by_polling_a_task_that_is_overdue()
    {
        Service.ListLag = TimeSpan.FromDays(1);
        Start();
        Advance(seconds: 500);

        Assert.Equal(100, (await Outcome).Tally.Completed);
        Assert.InRange(Service.Polls, 100, 700);
    }

    [Fact]
    public async Task A_list_without_return_codes_is_a_hint_to_poll_the_task()
    {
        Service.ListHidesReturnCodes = true;
        Start();
        Advance(seconds: 400);

        Assert.Equal(100, (await Outcome).Tally.Completed);
        Assert.All(Steps<TaskCompleted>(), step => Assert.Equal(1, step.Task.ReturnCode));
        Assert.InRange(Service.Polls, 100, 200);
    }

    [Fact]
    public async Task A_task_that_the_list_never_has_is_polled_by_itself()
    {
        Service.ListDelay = TimeSpan.FromHours(1);
        Start();
        Advance(seconds: 900);

        Assert.Equal(100, (await Outcome).Tally.Completed);
        Assert.InRange(Service.Polls, 100, 900);
    }

    [Fact]
    public async Task A_long_list_in_small_pages_is_given_up_for_single_polls()
    {
        Service.PageSize = 1;
        for (var i = 0; i < 500; i++)
        {
            Service.Take();
        }

        Start();
        Advance(seconds: 900);

        Assert.Equal(100, (await Outcome).Tally.Completed);
        Assert.InRange(Service.Polls, 50, 900);
        Assert.InRange(Service.Lists, 1, 300);
    }

    [Fact]
    public async Task A_solve_over_its_limit_is_interrupted_in_time_without_a_poll_before()
    {
        Runs = new FakeRuns(4);
        Service.TaskDuration = TimeSpan.FromHours(1);
        Plan = plan =>
            plan with
            {
                Poll = PollPolicy.Adaptive(),
                TimeLimits = new TimeLimits { Solve = new TimeLimit(TimeSpan.FromSeconds(60), Medians: null) },
            };
        Start();
        Advance(seconds: 59);
        Assert.Empty(Service.Interrupts);
        Advance(seconds: 10);

        Assert.Equal(4, (await Outcome).Tally.Completed);
        Assert.All(Steps<RunCompleted>(), step => Assert.True(step.IsIncumbent));
    }

    [Fact]
    public async Task A_task_that_the_service_forgot_is_sent_again()
    {
        Runs = new FakeRuns(10);
        Service.StateFault = n =>
            n <= 7 ? new ServiceFault(FaultKind.Unknown, "404 Not Found") { HttpStatus = 404 } : null;
        Service.ListDelay = TimeSpan.FromHours(1);
        Start();
        Advance(seconds: 900);

        Assert.Equal(10, (await Outcome).Tally.Completed);
    }

    [Fact]
    public async Task A_batch_that_is_resumed_finds_its_tasks_in_the_list()
    {
        Runs = new FakeRuns(10);
        Start();
        Advance(seconds: 10);
        await ResumeAsync();
        Advance(seconds: 60);

        Assert.Equal(10, (await Outcome).Tally.Completed);
        Assert.Equal(10, Service.Submits);
    }

    [Fact]
    public void A_run_that_failed_although_its_task_may_run_keeps_its_slot_for_a_while()
    {
        Runs = new FakeRuns(30);
        Service.ListFault = _ => new ServiceFault(FaultKind.Refused, "403 Forbidden") { HttpStatus = 403 };
        Service.SubmitFault = n =>
            n is 15 ? new ServiceFault(FaultKind.Unreachable, "cut") { MayHaveArrived = true } : null;
        Start();
        Advance(seconds: 600);

        Assert.Equal(RunErrorKind.LostAnswer, Assert.Single(Steps<RunFailed>()).Error.Kind);
        Assert.Equal(10, Service.MostUnfinished);
    }
}
