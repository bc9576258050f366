using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Runs.Rules;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Tests.Domain.Runs;

/// <summary>A task that is looked at, ends, or is forgotten.</summary>
public sealed class TaskRulesTests : RunTest
{
    [Fact]
    public void Polls_of_a_task_grow_apart_up_to_the_maximum()
    {
        var run = AtService();
        var waits = new List<double>();
        for (var i = 0; i < 5; i++)
        {
            var decision = After(run, Seen(TaskState.Queued));
            waits.Add(decision.Effects.OfType<RunEffect.Poll>().Single().After.TotalSeconds);
            run = decision.Next;
        }

        Assert.Equal([2, 4, 5, 5, 5], waits);
    }

    [Fact]
    public void Only_a_new_state_is_written_down_and_nothing_waits_for_that()
    {
        var first = After(AtService(), Seen(TaskState.Solving));
        var second = After(first.Next, Seen(TaskState.Solving));

        Assert.Equal([new TaskSeen(TaskState.Solving, Now)], first.Events);
        Assert.False(first.Events[0].PersistBeforeEffects);
        Assert.Empty(second.Events);
    }

    [Fact]
    public void A_state_this_program_has_no_word_for_is_still_running()
    {
        var decision = After(AtService(), Seen(TaskState.Unknown));

        Assert.Equal(RunPhase.AtService, decision.Next.Phase);
        Assert.IsType<RunEffect.Poll>(Assert.Single(decision.Effects));
    }

    [Fact]
    public void A_completed_task_frees_its_slot_before_its_response_is_there()
    {
        var decision = After(AtService(), Seen(TaskState.Completed));

        Assert.Equal([new RunEffect.ReleaseSlot(), new RunEffect.Fetch(Task, TimeSpan.Zero)], decision.Effects);
    }

    [Fact]
    public void A_poll_that_fails_is_repeated_far_more_often_than_a_submit()
    {
        var run = AtService();
        for (var i = 1; i < RunRules.MaxConsecutiveFaults; i++)
        {
            var decision = After(run, Fault(FaultKind.Broken));
            Assert.IsType<RunEffect.Poll>(Assert.Single(decision.Effects));
            run = decision.Next;
        }

        Assert.Equal(RunErrorKind.Broken, After(run, Fault(FaultKind.Broken)).Next.Error!.Kind);
    }

    [Fact]
    public void An_answer_makes_the_faults_before_it_forgotten()
    {
        var run = After(AtService(), Fault(FaultKind.Broken)).Next;

        Assert.Equal(0, After(run, Seen(TaskState.Queued)).Next.Faults);
    }

    [Fact]
    public void A_task_the_service_does_not_know_is_polled_again_and_then_sent_again_as_often_as_the_retry_policy_says()
    {
        var run = Again(AtService(), Fault(FaultKind.Unknown), 0, 1, 2, 3);
        Assert.Equal(RunPhase.AtService, run.Phase);

        var forgotten = After(run, Fault(FaultKind.Unknown), jitter: 0.5, seconds: 20);
        Assert.IsType<TaskForgotten>(Assert.Single(forgotten.Events));
        Assert.Equal([new RunEffect.AcquireSubmit(TimeSpan.FromSeconds(1))], forgotten.Effects);
        Assert.Equal((RunPhase.Pending, 1, 0), (forgotten.Next.Phase, forgotten.Next.Failures, forgotten.Next.Faults));

        var last = Submitting(failures: 2).Apply(new Submitted(3, Task, Now));
        last = Again(last, Fault(FaultKind.Unknown), 0, 1, 2, 3, 20);
        Assert.Equal(RunErrorKind.Forgotten, last.Error!.Kind);
    }

    [Fact]
    public void A_gateway_that_knows_nothing_for_a_moment_after_an_outage_does_not_make_a_task_forgotten()
    {
        var run = Again(AtService(), Fault(FaultKind.Unreachable), 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14);

        Assert.Equal(RunPhase.AtService, Again(run, Fault(FaultKind.Unknown), 60, 61, 62, 63).Phase);
        Assert.Equal(RunPhase.AtService, Again(run, Fault(FaultKind.Broken), 60, 61, 62, 63).Phase);
        var flapping = Again(Again(run, Fault(FaultKind.Unknown), 60, 61, 62, 63), Fault(FaultKind.Broken), 64);
        Assert.Equal(RunPhase.AtService, Again(flapping, Fault(FaultKind.Unknown), 99, 100).Phase);
    }

    [Fact]
    public void Retry_after_that_names_no_time_is_no_leave_to_ask_at_once()
    {
        var busy = new ServiceFault(FaultKind.Overloaded, "429") { RetryAfter = TimeSpan.Zero };
        var first = After(AtService(), new RunFact.StateAnswered(busy), jitter: 0.5);
        var second = After(first.Next, new RunFact.StateAnswered(busy), jitter: 0.5);
        var third = After(second.Next, new RunFact.InterruptAnswered(Interrupt.Solve, busy), jitter: 0.5);

        Assert.Contains(new RunEffect.Poll(Task, TimeSpan.FromSeconds(1)), first.Effects);
        Assert.Contains(new RunEffect.Poll(Task, TimeSpan.FromSeconds(2)), second.Effects);
        Assert.Contains(new RunEffect.Interrupt(Task, Interrupt.Solve, TimeSpan.FromSeconds(4)), third.Effects);
        Assert.DoesNotContain(
            first.Effects.Concat(second.Effects).Concat(third.Effects),
            effect => effect is RunEffect.PauseFor
        );
    }

    [Fact]
    public void Many_unknowns_within_moments_prove_nothing()
    {
        var run = Again(AtService(), Fault(FaultKind.Unknown), 0, 0, 0.1, 0.1, 0.2, 0.2, 0.3, 0.3);

        Assert.Equal(RunPhase.AtService, run.Phase);
    }

    [Fact]
    public void One_odd_refusal_of_a_poll_does_not_give_up_a_task_that_runs()
    {
        var run = Again(AtService(), Fault(FaultKind.WrongRequest), 0, 1);

        Assert.Equal(RunPhase.AtService, run.Phase);
        Assert.Equal(RunPhase.Failed, Again(run, Fault(FaultKind.WrongRequest), 2, 3, 4, 5, 6, 7, 8, 9, 10, 11).Phase);
    }

    [Fact]
    public void A_web_page_that_lasts_is_not_one_runs_failure()
    {
        var page = new ServiceFault(FaultKind.Broken, "Maintenance") { IsWebPage = true };
        var run = AtService();
        for (var i = 1; i < RunRules.MaxConsecutiveFaults; i++)
        {
            run = After(run, new RunFact.StateAnswered(page)).Next;
        }

        var stopped = After(run, new RunFact.StateAnswered(page));
        Assert.Equal([new RunEffect.StopBatch(page), new RunEffect.Detach()], stopped.Effects);
        Assert.Equal(RunPhase.AtService, stopped.Next.Phase);
    }

    [Fact]
    public void A_sign_in_page_instead_of_a_state_or_a_response_ends_the_batch_and_leaves_the_run_as_it_is()
    {
        var page = new ServiceFault(FaultKind.Misdirected, "Sign in") { IsWebPage = true };
        RunEffect[] stop = [new RunEffect.StopBatch(page), new RunEffect.Detach()];

        Assert.Equal(stop, After(AtService(), new RunFact.StateAnswered(page)).Effects);
        Assert.Equal(stop, After(Retrieving(), new RunFact.ResponseAnswered(page)).Effects);
        Assert.Empty(After(Retrieving(), new RunFact.ResponseAnswered(page)).Events);
    }

    [Fact]
    public void A_response_over_the_limit_fails_the_run_at_once_and_one_that_cannot_be_decoded_after_three_tries()
    {
        var retrieving = After(AtService(), Seen(TaskState.Completed)).Next;

        var hopeless = After(
            retrieving,
            new RunFact.ResponseAnswered(new ServiceFault(FaultKind.Hopeless, "over 2 MB"))
        );

        Assert.Equal(new RunError(RunErrorKind.Broken, "over 2 MB"), hopeless.Next.Error);
        var fault = new RunFact.ResponseAnswered(new ServiceFault(FaultKind.Unreadable, "broken gzip"));
        var first = After(retrieving, fault);
        var second = After(first.Next, fault);
        var third = After(second.Next, fault);
        Assert.IsType<RunEffect.Fetch>(Assert.Single(first.Effects));
        Assert.IsType<RunEffect.Fetch>(Assert.Single(second.Effects));
        Assert.Equal(new RunError(RunErrorKind.Broken, "broken gzip"), third.Next.Error);
    }
}
