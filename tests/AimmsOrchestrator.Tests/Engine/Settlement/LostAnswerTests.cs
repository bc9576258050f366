using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Settlement;
using AimmsOrchestrator.Domain.Settlement.Submits;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Tests.Testing;

namespace AimmsOrchestrator.Tests.Engine.Settlement;

/// <summary>Submits whose answers are lost, and how the service's list of tasks settles them.</summary>
public sealed class LostAnswerTests : BatchTest
{
    private static readonly ServiceFault Lost = new(FaultKind.Unreachable, "the connection broke")
    {
        MayHaveArrived = true,
    };

    [Theory]
    [InlineData(0, 0)]
    [InlineData(7, 0)]
    [InlineData(0, -7200)]
    [InlineData(5, 3600.5)]
    public async Task A_task_that_was_taken_is_adopted_and_nothing_is_sent_twice(int listDelay, double clockOffset)
    {
        Service.ListDelay = TimeSpan.FromSeconds(listDelay);
        Service.ClockOffset = TimeSpan.FromSeconds(clockOffset);
        Service.SubmitFault = n => n % 3 == 0 ? Lost : null;
        Start();
        Advance(seconds: 200);

        Assert.Equal(10, (await Outcome).Tally.Completed);
        Assert.Equal(10, Service.Submits);
        Assert.Equal(Enumerable.Range(0, 10), Service.Bodies.Select(int.Parse).Order());
        Assert.All(Steps<SubmitSettled>(), step => Assert.Equal(SettlementVerdict.Adopted, step.Verdict));
        Assert.Equal(3, Steps<SubmitSettled>().Count);
    }

    [Fact]
    public async Task A_task_that_was_not_taken_is_sent_again_after_the_settling_time()
    {
        Service.TakesLostSubmits = false;
        Service.SubmitFault = n => n == 3 ? Lost : null;
        Start();
        Advance(seconds: 15);
        Assert.Equal(3, Service.Submits);

        Advance(seconds: 60);
        Assert.Equal(10, (await Outcome).Tally.Completed);
        Assert.Equal(Enumerable.Range(0, 10), Service.Bodies.Select(int.Parse).Order());
        Assert.Equal(SettlementVerdict.SentAgain, Assert.Single(Steps<SubmitSettled>()).Verdict);
    }

    [Fact]
    public void While_the_list_cannot_be_read_the_batch_warns_with_the_services_reason()
    {
        Service.SubmitFault = n => n == 1 ? Lost : null;
        Service.ListFault = n =>
            n <= 6 ? new ServiceFault(FaultKind.Broken, $"500: no such index ({n})") { HttpStatus = 500 } : null;
        Start();
        Assert.Empty(Progress.Warnings);

        Advance(seconds: 4);
        Assert.EndsWith(
            "which cannot be read: 500: no such index (1)",
            Assert.Single(Progress.Warnings),
            StringComparison.Ordinal
        );

        Advance(seconds: 60);
        Assert.Empty(Progress.Warnings);
        Assert.Equal([false, true], Journal.OfType<BatchWarned>().Select(warned => warned.Message is null));
    }

    [Fact]
    public void While_a_fate_is_unknown_no_run_submits()
    {
        Limits = new Limits { MaxUnfinishedTasks = 8, MaxUnconfirmedSubmits = 8 };
        Service.ListDelay = TimeSpan.FromSeconds(6);
        Service.SubmitFault = n => n == 1 ? Lost : null;
        Start();
        var atOnce = Service.Submits;
        Advance(seconds: 5);

        // Only those that had their permit already.
        Assert.InRange(Service.Submits, 1, 8);
        Assert.Equal(atOnce, Service.Submits);
    }

    [Fact]
    public async Task With_a_stranger_a_match_is_not_adopted()
    {
        Service.Take();
        Advance(seconds: 60);
        Service.SubmitFault = n => n == 1 ? Lost : null;
        Start();
        Advance(seconds: 120);

        Assert.Equal((9, 1), ((await Outcome).Tally.Completed, (await Outcome).Tally.Failed));
        Assert.Equal(SettlementVerdict.Ambiguous, Assert.Single(Steps<SubmitSettled>()).Verdict);
        Assert.Equal(10, Service.Submits);
    }

    [Fact]
    public async Task An_ambiguous_submit_is_sent_again_where_the_scenario_says_so()
    {
        Service.Take();
        Advance(seconds: 60);
        Retry = Retry with { Settlement = SettlementPolicy.Default with { SendsAmbiguous = true } };
        Service.SubmitFault = n => n == 1 ? Lost : null;
        Start();
        Advance(seconds: 120);

        Assert.Equal(10, (await Outcome).Tally.Completed);
        Assert.Equal(11, Service.Submits);
    }

    [Fact]
    public async Task A_key_that_may_not_list_never_leads_to_a_second_post()
    {
        Service.ListFault = _ => new ServiceFault(FaultKind.Refused, "403 Forbidden");
        Service.SubmitFault = n => n == 1 ? Lost : null;
        Start();
        Advance(seconds: 300);

        Assert.Equal((9, 1), ((await Outcome).Tally.Completed, (await Outcome).Tally.Failed));
        Assert.Equal(10, Service.Submits);
    }

    [Fact]
    public async Task A_list_that_never_answers_does_not_hold_up_the_batch_for_ever()
    {
        Service.ListFault = _ => new ServiceFault(FaultKind.Unreachable, "timed out");
        Service.SubmitFault = n => n == 4 ? Lost : null;
        Start();
        Advance(seconds: 600);
        Assert.Equal(4, Service.Submits);

        Advance(TimeSpan.FromHours(2));
        Assert.Equal((9, 1), ((await Outcome).Tally.Completed, (await Outcome).Tally.Failed));
        Assert.Equal(10, Service.Submits);
    }

    [Fact]
    public async Task A_poll_that_fails_does_not_make_an_old_poll_judge_what_happened_since()
    {
        // Run 0's POST was taken and its answer is late; run 1's answer is lost and its POST was never taken. Two polls see
        // a task that may be either's; then run 0 has its answer, and the third poll fails.
        Limits = new Limits { MaxUnfinishedTasks = 2, MaxUnconfirmedSubmits = 2 };
        Runs = new FakeRuns(2);
        Service.TakesLostSubmits = false;
        Service.TaskDuration = TimeSpan.FromSeconds(100);
        Service.SubmitFault = n => n == 2 ? Lost : null;
        Service.SubmitGate = NewGate();
        Service.ListFault = n => n == 3 ? new ServiceFault(FaultKind.Overloaded, "429") : null;
        Start();
        Advance(seconds: 5);
        Service.SubmitGate.Open();
        Service.SubmitGate = null;
        Advance(seconds: 400);

        Assert.Equal(2, (await Outcome).Tally.Completed);
        Assert.Equal(["0", "1"], Service.Bodies.Order());
        Assert.Equal(SettlementVerdict.SentAgain, Assert.Single(Steps<SubmitSettled>()).Verdict);
    }

    [Fact]
    public async Task A_list_that_does_not_show_what_is_there_proves_nothing()
    {
        Service.TaskDuration = TimeSpan.FromSeconds(400);
        Service.ListDelay = TimeSpan.FromSeconds(90);
        Service.TakesLostSubmits = false;
        Runs = new FakeRuns(2);
        Service.SubmitFault = n => n == 2 ? Lost : null;
        Start();

        // Longer than the settling time, but the first run's task is not in the list either.
        Advance(seconds: 80);
        Assert.Equal(2, Service.Submits);

        Advance(seconds: 20);
        Assert.Equal(3, Service.Submits);
        Advance(seconds: 900);
        Assert.Equal(2, (await Outcome).Tally.Completed);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_process_that_dies_while_a_submit_is_under_way_leaves_it_to_the_next_one_to_settle(bool isTaken)
    {
        Service.TakesLostSubmits = isTaken;
        Service.SubmitFault = n => n == 3 ? Lost : null;
        if (isTaken)
        {
            Service.SubmitFault = _ => null;
            Service.SubmitGate = NewGate();
        }

        Start();
        Advance(seconds: 0.5);
        Service.SubmitGate = null;
        var submits = Service.Submits;
        await ResumeAsync();
        Advance(seconds: 120);

        Assert.Equal(10, (await Outcome).Tally.Completed);
        Assert.Equal(Enumerable.Range(0, 10), Service.Bodies.Select(int.Parse).Order());
        Assert.Equal(
            isTaken ? SettlementVerdict.Adopted : SettlementVerdict.SentAgain,
            Assert.Single(Steps<SubmitSettled>()).Verdict
        );
        Assert.InRange(submits, 1, 3);
    }

    [Fact]
    public async Task An_unknown_submit_is_settled_before_anything_else_is_sent_after_a_restart()
    {
        Limits = new Limits { MaxUnfinishedTasks = 4 };
        Service.SubmitGate = NewGate();
        Start();
        Advance(seconds: 0.5);
        Service.SubmitGate = null;
        Service.ListDelay = TimeSpan.FromSeconds(8);
        await ResumeAsync();
        Advance(seconds: 5);
        Assert.Equal(1, Service.Submits);

        Advance(seconds: 60);
        Assert.Equal(10, (await Outcome).Tally.Completed);
        Assert.Equal(10, Service.Submits);
    }

    [Fact]
    public async Task Another_batchs_open_submit_makes_a_match_ambiguous()
    {
        Tasks.Others.Add(new OpenSubmit(new RunReference(2, 0), Time.GetUtcNow(), LostAt: null, IsAmbiguous: false));
        Service.SubmitFault = n => n == 1 ? Lost : null;
        Start();
        Advance(seconds: 300);

        Assert.Equal((9, 1), ((await Outcome).Tally.Completed, (await Outcome).Tally.Failed));
    }
}
