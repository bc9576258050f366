using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Policies;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Tests.Domain.Policies;
using AimmsOrchestrator.Tests.Testing;

namespace AimmsOrchestrator.Tests.Engine;

/// <summary>What stops a batch before its last run, and what holds its submits back.</summary>
public sealed class StopTests : BatchTest
{
    [Fact]
    public void Nothing_is_submitted_before_the_window_opens_nor_after_it_closes()
    {
        var (opens, closes) = (new TimeOnly(18, 1), new TimeOnly(18, 2));
        Limits = new Limits { MaxUnfinishedTasks = 1, Window = new SubmitWindow(opens, closes, TimeZoneInfo.Utc) };
        Runs = new FakeRuns(100);
        Start();
        Advance(seconds: 59);
        Assert.Equal(0, Service.Submits);

        Advance(seconds: 2);
        Assert.Equal(1, Service.Submits);

        Advance(seconds: 60);
        var atClosing = Service.Submits;
        Assert.InRange(atClosing, 10, 25);
        Advance(seconds: 60);
        Assert.Equal(atClosing, Service.Submits);
    }

    [Fact]
    public async Task A_batch_that_fails_too_often_stops_and_a_new_execution_has_a_new_budget()
    {
        Runs = new FakeRuns(100);
        Failures = new FailureBudget(3, Share: null);
        Service.SubmitFault = n => n <= 10 ? new ServiceFault(FaultKind.WrongRequest, "400 Bad Request") : null;
        Start();
        Advance(seconds: 120);

        var outcome = await Outcome;
        Assert.Equal(BatchEnd.FailureBudget, outcome.End);
        Assert.Equal("10 of 20 runs failed, and stop.failures is 3", outcome.Reason);
        Assert.Equal(10, outcome.Tally.Failed);

        await ResumeAsync();
        Advance(seconds: 300);
        Assert.Equal(BatchEnd.AllRunsEnded, (await Outcome).End);
    }

    [Fact]
    public async Task By_the_stop_time_all_that_began_has_an_incumbent_and_the_rest_is_left_to_do()
    {
        // It is 18:00; each task would take an hour.
        Plan = plan =>
            plan with
            {
                StopAt = new StopTime(new TimeOnly(18, 10), TimeZoneInfo.Utc, StopTime.DefaultLead),
            };
        Limits = new Limits { MaxUnfinishedTasks = 4 };
        Service.TaskDuration = TimeSpan.FromHours(1);
        Start();
        Advance(TimeSpan.FromMinutes(8.9));
        Assert.Empty(Service.Interrupts);

        Advance(TimeSpan.FromMinutes(1.2));
        var outcome = await Outcome;
        Assert.Equal((BatchEnd.Deadline, 4L, 0L), (outcome.End, outcome.Tally.Completed, outcome.Tally.Failed));
        Assert.All(Steps<RunCompleted>(), step => Assert.True(step.IsIncumbent));
        Assert.Equal(4, Service.Submits);

        Plan = plan => plan;
        Service.TaskDuration = TimeSpan.FromSeconds(3);
        await ResumeAsync();
        Advance(seconds: 60);
        Assert.Equal((BatchEnd.AllRunsEnded, 10L), ((await Outcome).End, (await Outcome).Tally.Completed));
    }

    [Fact]
    public async Task At_the_stop_time_queued_tasks_are_withdrawn_and_a_task_that_does_not_obey_is_left_to_the_next_execution()
    {
        Plan = plan =>
            plan with
            {
                StopAt = new StopTime(new TimeOnly(18, 10), TimeZoneInfo.Utc, StopTime.DefaultLead),
            };
        Limits = new Limits { MaxUnfinishedTasks = 4 };
        Service.TaskDuration = TimeSpan.FromHours(1);
        Service.QueueTime = TimeSpan.FromHours(1);
        Start();
        Advance(TimeSpan.FromMinutes(10.1));
        Assert.Equal(4, Service.Deleted.Count);
        Assert.Equal((BatchEnd.Deadline, 0L), ((await Outcome).End, (await Outcome).Tally.Ended));
    }

    [Fact]
    public async Task At_the_stop_time_the_batch_does_not_wait_for_runs_that_could_only_submit_again()
    {
        Plan = plan =>
            plan with
            {
                Poll = PollPolicy.Every(TimeSpan.FromSeconds(7)),
                StopAt = new StopTime(new TimeOnly(18, 10), TimeZoneInfo.Utc, StopTime.DefaultLead),
            };
        Limits = new Limits { MaxUnfinishedTasks = 4 };
        Service.TaskDuration = TimeSpan.FromSeconds(539.7);
        Retry = Retry with { Condition = new FakeRetryCondition() };
        Service.End = _ => TaskState.Failed;
        Start();
        Advance(TimeSpan.FromMinutes(9.2));

        Assert.Equal(BatchEnd.Deadline, (await Outcome).End);
        Assert.Equal(4, Steps<AttemptFailed>().Count);
    }

    [Fact]
    public async Task Results_that_are_enough_stop_the_batch()
    {
        Plan = plan => plan with { StopWhen = () => new EnoughAt(3) };
        Start();
        Advance(seconds: 60);

        var outcome = await Outcome;
        Assert.Equal((BatchEnd.StopRule, "enough"), (outcome.End, outcome.Reason));
        Assert.InRange(outcome.Tally.Completed, 3, 6);

        await ResumeAsync();
        Advance(seconds: 60);
        Assert.Equal(10, (await Outcome).Tally.Completed);
    }

    [Fact]
    public async Task A_stop_rule_that_fails_is_a_warning_of_the_batch_once_and_the_batch_continues()
    {
        Plan = plan => plan with { StopWhen = () => new FailsFrom(3) };
        Start();
        Advance(seconds: 60);

        Assert.Equal(BatchEnd.AllRunsEnded, (await Outcome).End);
        Assert.Equal(["results[9] is undefined"], Progress.Warnings);
        var warned = Assert.Single(Journal.OfType<BatchWarned>());
        Assert.Equal(("stop.when", "results[9] is undefined"), (warned.Subject, warned.Message));
    }

    private sealed class FailsFrom(int runs) : IStopRule
    {
        private int _ended;

        public string? Failure => _ended >= runs ? "results[9] is undefined" : null;

        public string? Ended(RunResults? results)
        {
            _ended++;
            return null;
        }
    }
}
