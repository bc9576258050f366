using AimmsOrchestrator.Domain.Estimates;
using AimmsOrchestrator.Domain.Policies;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Runs.Rules;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Tests.Domain.Policies;

namespace AimmsOrchestrator.Tests.Domain.Runs;

/// <summary>Limits on time: in the queue, in the solver, altogether; and the batch's own end.</summary>
public sealed class TimeoutRulesTests : RunTest
{
    private static readonly TimeLimits Limits = new()
    {
        Queue = Fixed(60),
        Solve = Fixed(100),
        Run = Fixed(300),
        Grace = TimeSpan.FromSeconds(40),
    };

    private static readonly RunRules Limited = new(
        PollPolicy.Every(TimeSpan.FromSeconds(30)),
        RetryPolicy.Default,
        Limits
    );

    [Fact]
    public void Polls_are_no_further_apart_than_the_next_limit()
    {
        Assert.Equal(30, Wait(At(0, AtService(), TaskState.Queued)));
        Assert.Equal(5, Wait(At(55, AtService(), TaskState.Queued)));
        Assert.Equal(30, Wait(At(999, Running(), TaskState.Running, limits: TimeLimits.None)));
    }

    [Fact]
    public void A_task_that_waits_too_long_is_withdrawn_and_has_failed()
    {
        var due = At(60, AtService(), TaskState.Queued);
        Assert.Equal([new RunEffect.Withdraw(Task)], due.Effects);

        var gone = After(due.Next, new RunFact.WithdrawAnswered(Task));
        Assert.Equal(RunErrorKind.TimedOut, gone.Next.Error!.Kind);
        Assert.Contains(new RunEffect.ReleaseSlot(), gone.Effects);
    }

    [Fact]
    public void A_task_that_began_before_it_could_be_withdrawn_continues()
    {
        var due = At(60, AtService(), TaskState.Queued);

        var began = After(due.Next, new RunFact.WithdrawAnswered(new ServiceFault(FaultKind.WrongRequest, "405")));

        Assert.Equal(RunPhase.AtService, began.Next.Phase);
        Assert.IsType<RunEffect.Poll>(Assert.Single(began.Effects));
    }

    [Fact]
    public void A_solve_that_takes_too_long_is_asked_for_its_incumbent_and_that_completes_the_run()
    {
        var due = At(100, Running(), TaskState.Solving);
        var interrupted = Assert.Single(due.Events.OfType<TaskInterrupted>());
        Assert.Equal((Interrupt.Solve, true), (interrupted.How, interrupted.PersistBeforeEffects));
        Assert.Equal([new RunEffect.Interrupt(Task, Interrupt.Solve, TimeSpan.Zero)], due.Effects);

        var answered = After(due.Next, Answered(Interrupt.Solve, TaskState.Solving));
        var ended = After(answered.Next, Seen(TaskState.Completed));
        var completed = After(ended.Next, new RunFact.ResultsExtracted(null, RunResults.None));
        Assert.True(Assert.IsType<RunCompleted>(Assert.Single(completed.Events)).IsIncumbent);
    }

    [Theory]
    [InlineData(100, null, 105, 100)]
    [InlineData(null, 300, 301, 300)]
    [InlineData(100, 300, 999, 100)]
    public void An_incumbent_knows_the_limit_that_cut_it(int? solve, int? run, int at, int cut)
    {
        var limits = new TimeLimits { Solve = solve is { } s ? Fixed(s) : null, Run = run is { } r ? Fixed(r) : null };
        var due = At(at, Running(), TaskState.Solving, limits: limits);

        Assert.Equal(TimeSpan.FromSeconds(cut), due.Next.Interrupted!.CutAfter);
        Assert.Equal(TimeSpan.FromSeconds(Math.Min(solve ?? int.MaxValue, run ?? int.MaxValue)), limits.LongestSolve);
    }

    [Fact]
    public void The_first_interrupt_cut_the_solve_and_a_later_one_changes_nothing()
    {
        var first = Running()
            .Apply(
                new TaskInterrupted(Interrupt.Solve, "too long", Now.AddSeconds(100))
                {
                    CutAfter = TimeSpan.FromSeconds(100),
                }
            ) with
        {
            IsInterruptSent = true,
        };

        var second = At(300, first, TaskState.Running);
        Assert.Equal(TimeSpan.FromSeconds(100), Assert.Single(second.Events.OfType<TaskInterrupted>()).CutAfter);
    }

    [Fact]
    public void A_solve_that_the_batchs_end_cut_knows_how_long_it_was_let_run()
    {
        var draining = After(Running(), new RunFact.DrainRequested()).Next;
        var asked = At(70, draining, TaskState.Solving, limits: TimeLimits.None);

        Assert.Equal(TimeSpan.FromSeconds(70), Assert.Single(asked.Events.OfType<TaskInterrupted>()).CutAfter);
    }

    [Fact]
    public void Limits_in_medians_say_nothing_to_another_batch()
    {
        var medians = new TimeLimit(Fixed: null, 3);

        Assert.Null(new TimeLimits { Solve = medians }.LongestSolve);
        Assert.Equal(TimeSpan.FromSeconds(9), new TimeLimits { Solve = medians, Run = Fixed(9) }.LongestSolve);
        Assert.Null(TimeLimits.None.LongestSolve);
    }

    [Fact]
    public void A_task_that_had_ended_before_the_interrupt_came_is_no_incumbent()
    {
        var due = At(100, Running(), TaskState.Solving);

        var ended = After(due.Next, Answered(Interrupt.Solve, TaskState.Completed));

        var completed = After(ended.Next, new RunFact.ResultsExtracted(null, RunResults.None));
        Assert.False(Assert.IsType<RunCompleted>(Assert.Single(completed.Events)).IsIncumbent);
    }

    [Theory]
    [InlineData("interrupt-solve", 5.0, true)]
    [InlineData("interrupt-processed", 500.0, false)]
    [InlineData(null, 500.0, true)]
    [InlineData(null, 99.5, true)]
    [InlineData(null, 99.0, false)]
    [InlineData(null, null, true)]
    public void A_task_that_ends_while_the_interrupt_is_answered_is_cut_unless_it_is_known_to_have_ended_by_itself(
        string? word,
        double? ran,
        bool isIncumbent
    )
    {
        var due = At(100, Running(), TaskState.Solving);
        var task = new TaskSnapshot(Task, TaskState.Completed)
        {
            SetStatus = word,
            RunTime = ran is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        };

        var ended = After(due.Next, new RunFact.InterruptAnswered(Interrupt.Solve, task));

        var completed = After(ended.Next, new RunFact.ResultsExtracted(null, RunResults.None));
        Assert.Equal(isIncumbent, Assert.IsType<RunCompleted>(Assert.Single(completed.Events)).IsIncumbent);
    }

    [Fact]
    public void A_procedure_that_continues_with_its_next_solve_is_asked_again()
    {
        var run = Interrupted(at: 100, Interrupt.Solve);

        Assert.Equal(10, Wait(At(110, run, TaskState.Solving)));
        Assert.Equal(
            [new RunEffect.Interrupt(Task, Interrupt.Solve, TimeSpan.Zero)],
            At(120, run, TaskState.Solving).Effects
        );
        Assert.Equal(30, Wait(At(120, run, TaskState.Running)));
    }

    [Fact]
    public void A_task_that_runs_too_long_is_asked_for_its_incumbent_and_ended_after_the_grace()
    {
        var asked = At(300, Interrupted(at: 100, Interrupt.Solve), TaskState.Running);
        Assert.Equal(Interrupt.Solve, Assert.Single(asked.Events.OfType<TaskInterrupted>()).How);

        var run = Interrupted(at: 300, Interrupt.Solve);
        Assert.Equal(10, Wait(At(330, run, TaskState.Running)));
        Assert.Equal(
            [new RunEffect.Interrupt(Task, Interrupt.Execution, TimeSpan.Zero)],
            At(340, run, TaskState.Solving).Effects
        );

        var ended = Failed(Interrupted(at: 340, Interrupt.Execution));
        Assert.Equal(RunErrorKind.TimedOut, ended.Next.Error!.Kind);
    }

    [Theory]
    [InlineData(Interrupt.Solve)]
    [InlineData(Interrupt.Execution)]
    public void An_interrupt_that_was_written_down_and_perhaps_never_sent_is_sent(Interrupt how)
    {
        var left = Running().Apply(new TaskInterrupted(how, "because", Now.AddSeconds(100)));
        var resumed = After(left, new RunFact.Restarted(IsServiceNew: false)).Next;

        var polled = At(101, resumed, TaskState.Running);

        Assert.Equal([new RunEffect.Interrupt(Task, how, TimeSpan.Zero)], polled.Effects);
        var sent = After(polled.Next, Answered(how, TaskState.Running));
        Assert.IsType<RunEffect.Poll>(Assert.Single(At(102, sent.Next, TaskState.Running).Effects));
    }

    [Theory]
    [InlineData(FaultKind.Broken)]
    [InlineData(FaultKind.Refused)]
    public void A_service_that_cannot_interrupt_does_not_cost_the_task(FaultKind kind)
    {
        var due = At(100, Running(), TaskState.Solving);

        var run = due.Next;
        for (var i = 0; i < 2 * RunRules.MaxConsecutiveFaults; i++)
        {
            var answered = After(run, new RunFact.InterruptAnswered(Interrupt.Solve, new ServiceFault(kind, "no")));
            Assert.IsType<RunEffect.Poll>(Assert.Single(answered.Effects));
            run = answered.Next;
        }

        Assert.Equal(RunPhase.AtService, run.Phase);
    }

    [Fact]
    public void A_key_that_may_not_delete_does_not_stop_the_batch()
    {
        var due = At(60, AtService(), TaskState.Queued);

        var answer = After(due.Next, new RunFact.WithdrawAnswered(new ServiceFault(FaultKind.Refused, "403")));

        Assert.IsType<RunEffect.Poll>(Assert.Single(answer.Effects));
    }

    [Fact]
    public void A_withdraw_that_finds_no_task_proves_nothing_and_the_polls_decide()
    {
        var due = At(60, AtService(), TaskState.Queued);

        var answer = After(due.Next, new RunFact.WithdrawAnswered(new ServiceFault(FaultKind.Unknown, "404")));

        Assert.IsType<RunEffect.Poll>(Assert.Single(answer.Effects));
        Assert.Equal(RunPhase.AtService, answer.Next.Phase);
        Assert.Equal(RunPhase.Pending, Again(answer.Next, Fault(FaultKind.Unknown), 1, 2, 3, 4, 25).Phase);
    }

    [Fact]
    public void That_a_task_ended_by_itself_is_known_after_a_crash()
    {
        var due = At(100, Running(), TaskState.Solving);
        var ended = After(due.Next, Answered(Interrupt.Solve, TaskState.Completed));

        var folded = Run.FromEvents([
            new SubmitIntended(1, Now),
            new Submitted(1, Task, Now),
            .. due.Events,
            .. ended.Events,
        ]);

        var completed = After(folded, new RunFact.ResultsExtracted(null, RunResults.None));
        Assert.False(Assert.IsType<RunCompleted>(Assert.Single(completed.Events)).IsIncumbent);
    }

    [Fact]
    public void What_this_program_interrupted_is_not_tried_again_whatever_the_scenario_says()
    {
        var rules = new RunRules(
            PollPolicy.Default,
            RetryPolicy.Default with
            {
                Condition = new FakeRetryCondition(),
            },
            Limits
        );
        foreach (var how in new[] { Interrupt.Solve, Interrupt.Execution })
        {
            Assert.Equal(RunPhase.Failed, Failed(Interrupted(100, how), rules).Next.Phase);
        }
    }

    [Fact]
    public void A_limit_in_medians_waits_until_the_median_is_known()
    {
        var limits = TimeLimits.None with { Solve = new TimeLimit(Fixed: null, 3) };

        Assert.Equal(30, Wait(At(999, Running(), TaskState.Solving, limits)));
        Assert.Equal(1, Wait(At(29, Running(), TaskState.Solving, limits, typical: 10)));
        Assert.IsType<RunEffect.Interrupt>(
            Assert.Single(At(30, Running(), TaskState.Solving, limits, typical: 10).Effects)
        );
    }

    [Fact]
    public void A_draining_solver_hands_back_what_it_has_and_a_queued_task_is_withdrawn_for_another_day()
    {
        var draining = After(Running(), new RunFact.DrainRequested());
        Assert.Equal([new RunEffect.PollNow(Task)], draining.Effects);
        Assert.Equal(
            [new RunEffect.Interrupt(Task, Interrupt.Solve, TimeSpan.Zero)],
            After(draining.Next, Seen(TaskState.Solving)).Effects
        );

        var queued = After(After(AtService(), new RunFact.DrainRequested()).Next, Seen(TaskState.Queued));
        Assert.Equal([new RunEffect.Withdraw(Task)], queued.Effects);
        var back = After(queued.Next, new RunFact.WithdrawAnswered(Task));
        Assert.Equal(RunPhase.Pending, back.Next.Phase);
        Assert.Equal([new RunEffect.Detach()], back.Effects);

        Assert.Equal([new RunEffect.Detach()], After(Run.New, new RunFact.DrainRequested()).Effects);
    }

    private static TimeLimit Fixed(int seconds) => new(TimeSpan.FromSeconds(seconds), Medians: null);

    private static Run Running() => AtService().Apply(new TaskSeen(TaskState.Running, Now));

    private static Run Interrupted(int at, Interrupt how) =>
        Running().Apply(new TaskInterrupted(how, "because", Now.AddSeconds(at))) with
        {
            IsInterruptSent = true,
        };

    private static RunFact.InterruptAnswered Answered(Interrupt how, TaskState state) =>
        new(how, new TaskSnapshot(Task, state) { SetStatus = state.IsEnded() ? "interrupt-processed" : null });

    private static RunDecision At(int seconds, Run run, TaskState state, TimeLimits? limits = null, int? typical = null)
    {
        var rules = limits is null
            ? Limited
            : new RunRules(PollPolicy.Every(TimeSpan.FromSeconds(30)), RetryPolicy.Default, limits);
        var durations = typical is { } s
            ? new TypicalDurations(null, TimeSpan.FromSeconds(s))
            : TypicalDurations.Unknown;
        return rules.Integrate(run, Seen(state), new RunMoment(Now.AddSeconds(seconds), Jitter: 0, durations));
    }

    private static double Wait(RunDecision decision) =>
        decision.Effects.OfType<RunEffect.Poll>().Single().After.TotalSeconds;
}
