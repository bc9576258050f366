using AimmsOrchestrator.Domain.Policies;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Tests.Domain;

public sealed class RunRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 18, 0, 0, TimeSpan.Zero);
    private static readonly TaskId Task = new("7b1f0c52-0d3e-4a35-9a0c-5c0c2f4c9a10");
    private static readonly RunRules Rules = new(
        new PollPolicy(TimeSpan.FromSeconds(1), 2, TimeSpan.FromSeconds(5)),
        new RetryPolicy(3, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(10))
    );

    [Fact]
    public void A_run_whose_question_nobody_asked_asks_to_submit_and_writes_nothing_yet()
    {
        Assert.Empty(After(Run.New, new RunFact.Admitted(Defect: null)).Effects);

        var decision = After(Run.New, new RunFact.NeverAsked());

        Assert.Empty(decision.Events);
        Assert.Equal([new RunEffect.AskToSubmit(TimeSpan.Zero)], decision.Effects);
    }

    [Fact]
    public void A_run_whose_expressions_failed_ends_without_a_request()
    {
        var decision = After(Run.New, new RunFact.Admitted("freight is not defined"));

        Assert.Equal(RunErrorKind.Scenario, decision.Next.Error!.Kind);
        Assert.Equal([new RunEffect.Finish()], decision.Effects);
    }

    [Fact]
    public void A_run_that_waits_for_the_answer_of_another_gives_its_place_back()
    {
        var decision = After(Run.New, new RunFact.BeingAsked());

        Assert.Equal([new RunEffect.FreePlace()], decision.Effects);
        Assert.Equal(RunPhase.Pending, decision.Next.Phase);
    }

    [Fact]
    public void An_answer_that_is_there_is_taken_over_with_this_scenarios_own_figures()
    {
        var earlier = new EarlierEnd.Answered(
            new RunReference(3, 4),
            new TaskSnapshot(Task, TaskState.Completed),
            new TaskResponse("{}"u8.ToArray(), "application/json")
        );

        var found = After(Run.New, new RunFact.AskedBefore(earlier));
        Assert.Equal(
            [new RunEffect.FreePlace(), new RunEffect.TakeFigures(earlier.Task, earlier.Response, earlier)],
            found.Effects
        );

        var taken = After(found.Next, new RunFact.FiguresTaken(earlier.Response, RunResults.None, earlier));
        Assert.Equal([new RunReused(earlier.Source, earlier.Task, RunResults.None, Now)], taken.Events);
        Assert.Equal(RunPhase.Completed, taken.Next.Phase);
        Assert.Equal([new RunEffect.Finish()], taken.Effects);
    }

    [Fact]
    public void An_answer_that_is_no_success_in_this_scenario_is_a_failure_of_this_run()
    {
        var earlier = new EarlierEnd.Answered(
            new RunReference(3, 4),
            new TaskSnapshot(Task, TaskState.Completed),
            Response: null
        );

        var taken = After(
            Run.New,
            new RunFact.FiguresTaken(null, new RunResults("{}", null, IsSuccess: false), earlier)
        );

        Assert.Equal(RunErrorKind.NotSuccess, taken.Next.Error!.Kind);
    }

    [Fact]
    public void A_failed_run_that_is_reopened_is_pending_and_its_attempts_count_on()
    {
        var failed = Submitting().Apply(new RunFailed(new RunError(RunErrorKind.Rejected, "503"), Now));

        var reopened = failed.Apply(new RunReopened(Now));

        Assert.Equal((RunPhase.Pending, 1, null), (reopened.Phase, reopened.Attempts, reopened.Error));
        var completed = Retrieving().Apply(new RunCompleted(null, RunResults.None, Now));
        Assert.Throws<InvalidOperationException>(() => completed.Apply(new RunReopened(Now)));
    }

    [Fact]
    public void The_intent_is_an_event_that_the_post_waits_for()
    {
        var decision = After(Run.New, new RunFact.SubmitAllowed());

        Assert.Equal([new SubmitIntended(1, Now)], decision.Events);
        Assert.True(decision.Events[0].IsDurableFirst);
        Assert.Equal([new RunEffect.Submit(1)], decision.Effects);
    }

    [Fact]
    public void The_id_is_an_event_that_the_first_look_waits_for()
    {
        var decision = After(Submitting(), new RunFact.SubmitAnswered(1, Task));

        Assert.Equal([new Submitted(1, Task, Now)], decision.Events);
        Assert.True(decision.Events[0].IsDurableFirst);
        Assert.Equal([new RunEffect.EndSubmit(), new RunEffect.Look(Task, TimeSpan.FromSeconds(1))], decision.Effects);
    }

    [Fact]
    public void An_answer_to_an_earlier_attempt_changes_nothing()
    {
        var decision = After(Submitting(), new RunFact.SubmitAnswered(2, Task));

        Assert.Empty(decision.Events);
        Assert.Empty(decision.Effects);
    }

    [Fact]
    public void Looks_at_a_task_grow_apart_up_to_the_most()
    {
        var run = AtService();
        var waits = new List<double>();
        for (var i = 0; i < 5; i++)
        {
            var decision = After(run, Seen(TaskState.Queued));
            waits.Add(decision.Effects.OfType<RunEffect.Look>().Single().After.TotalSeconds);
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
        Assert.False(first.Events[0].IsDurableFirst);
        Assert.Empty(second.Events);
    }

    [Fact]
    public void A_state_this_program_has_no_word_for_is_still_running()
    {
        var decision = After(AtService(), Seen(TaskState.Unknown));

        Assert.Equal(RunPhase.AtService, decision.Next.Phase);
        Assert.IsType<RunEffect.Look>(Assert.Single(decision.Effects));
    }

    [Fact]
    public void A_completed_task_frees_its_place_before_its_response_is_there()
    {
        var decision = After(AtService(), Seen(TaskState.Completed));

        Assert.Equal([new RunEffect.FreePlace(), new RunEffect.Fetch(Task, TimeSpan.Zero)], decision.Effects);
    }

    [Fact]
    public void A_failed_task_is_a_failed_run_in_the_services_words_and_is_not_sent_again()
    {
        var task = new TaskSnapshot(Task, TaskState.Failed) { ErrorMessage = "set Cities is empty" };
        var decision = After(AtService(), new RunFact.StateAnswered(task));

        Assert.Equal(new RunError(RunErrorKind.TaskFailed, "set Cities is empty"), decision.Next.Error);
        Assert.Equal([new RunEffect.FreePlace(), new RunEffect.Finish()], decision.Effects);
    }

    [Fact]
    public void The_response_is_on_disk_before_the_run_counts_as_completed()
    {
        var response = new TaskResponse("{}"u8.ToArray(), "application/json");
        var decision = After(Retrieving(), new RunFact.FiguresTaken(response, RunResults.None));

        var completed = Assert.IsType<RunCompleted>(Assert.Single(decision.Events));
        Assert.Same(response, completed.Response);
        Assert.True(completed.IsDurableFirst);
        Assert.Equal([new RunEffect.Finish()], decision.Effects);
    }

    [Fact]
    public void A_completed_task_that_is_no_success_is_a_failed_run_that_keeps_its_response()
    {
        var response = new TaskResponse("{}"u8.ToArray(), "application/json");
        var results = new RunResults("{}", Notes: null, IsSuccess: false);
        var decision = After(Retrieving(), new RunFact.FiguresTaken(response, results));

        Assert.Equal(RunErrorKind.NotSuccess, decision.Next.Error!.Kind);
        Assert.Same(response, Assert.IsType<RunFailed>(Assert.Single(decision.Events)).Response);
    }

    [Theory]
    [InlineData(FaultKind.Broken)]
    [InlineData(FaultKind.Overloaded)]
    [InlineData(FaultKind.Unreachable)]
    public void A_submit_that_was_turned_away_is_sent_again_after_a_jittered_wait(FaultKind kind)
    {
        var decision = After(Submitting(), Refusal(kind), chance: 0.5);

        Assert.Equal(RunPhase.Pending, decision.Next.Phase);
        Assert.Equal([new RunEffect.EndSubmit(), new RunEffect.AskToSubmit(TimeSpan.FromSeconds(1))], decision.Effects);
    }

    [Fact]
    public void Waits_between_submits_double()
    {
        var second = After(Submitting(failures: 1), Refusal(FaultKind.Broken, attempt: 2), chance: 0.5);

        Assert.Equal(TimeSpan.FromSeconds(2), second.Effects.OfType<RunEffect.AskToSubmit>().Single().After);
    }

    [Fact]
    public void The_last_attempt_that_is_turned_away_fails_the_run()
    {
        var decision = After(Submitting(failures: 2), Refusal(FaultKind.Broken, attempt: 3));

        Assert.Equal(new RunError(RunErrorKind.Rejected, "Broken"), decision.Next.Error);
    }

    [Fact]
    public void A_service_that_is_not_there_stops_the_batch_and_leaves_the_run_to_be_done()
    {
        var decision = After(Submitting(failures: 2), Refusal(FaultKind.Unreachable, attempt: 3));

        Assert.Equal(RunPhase.Pending, decision.Next.Phase);
        Assert.Contains(decision.Effects, e => e is RunEffect.StopBatch);
    }

    [Theory]
    [InlineData(FaultKind.Refused)]
    [InlineData(FaultKind.Unknown)]
    public void A_refusal_that_every_run_would_meet_stops_the_batch_at_once(FaultKind kind)
    {
        var decision = After(Submitting(), Refusal(kind));

        Assert.Equal(RunPhase.Pending, decision.Next.Phase);
        Assert.Contains(decision.Effects, e => e is RunEffect.StopBatch);
    }

    [Fact]
    public void A_request_that_can_never_do_fails_its_run_alone()
    {
        var decision = After(Submitting(), Refusal(FaultKind.WrongRequest));

        Assert.Equal(RunErrorKind.Rejected, decision.Next.Error!.Kind);
        Assert.DoesNotContain(decision.Effects, e => e is RunEffect.StopBatch);
    }

    [Fact]
    public void A_submit_whose_answer_was_lost_is_never_sent_again()
    {
        var lost = new ServiceFault(FaultKind.Unreachable, "timed out") { MayHaveArrived = true };
        var decision = After(Submitting(), new RunFact.SubmitAnswered(1, lost));

        Assert.Equal(RunErrorKind.LostAnswer, decision.Next.Error!.Kind);
        Assert.DoesNotContain(decision.Effects, e => e is RunEffect.AskToSubmit);
    }

    [Fact]
    public void Retry_after_holds_everybody_back_and_costs_no_attempt()
    {
        var busy = new ServiceFault(FaultKind.Overloaded, "429") { RetryAfter = TimeSpan.FromSeconds(7) };
        var decision = After(Submitting(failures: 2), new RunFact.SubmitAnswered(3, busy));

        Assert.Equal(2, decision.Next.Failures);
        Assert.Contains(new RunEffect.HoldBack(TimeSpan.FromSeconds(7)), decision.Effects);
        Assert.Contains(new RunEffect.AskToSubmit(TimeSpan.Zero), decision.Effects);
    }

    [Fact]
    public void A_look_that_fails_is_repeated_far_more_often_than_a_submit()
    {
        var run = AtService();
        for (var i = 1; i < RunRules.Patience; i++)
        {
            var decision = After(run, Fault(FaultKind.Broken));
            Assert.IsType<RunEffect.Look>(Assert.Single(decision.Effects));
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
    public void A_task_the_service_does_not_know_is_looked_for_and_then_sent_again_as_often_as_the_retry_policy_says()
    {
        var run = AtService();
        run = After(run, Fault(FaultKind.Unknown)).Next;
        run = After(run, Fault(FaultKind.Unknown)).Next;
        Assert.Equal(RunPhase.AtService, run.Phase);

        var forgotten = After(run, Fault(FaultKind.Unknown), chance: 0.5);
        Assert.IsType<TaskForgotten>(Assert.Single(forgotten.Events));
        Assert.Equal([new RunEffect.AskToSubmit(TimeSpan.FromSeconds(1))], forgotten.Effects);
        Assert.Equal((RunPhase.Pending, 1, 0), (forgotten.Next.Phase, forgotten.Next.Failures, forgotten.Next.Faults));

        var last = Submitting(failures: 2).Apply(new Submitted(3, Task, Now));
        last = After(last, Fault(FaultKind.Unknown)).Next;
        last = After(last, Fault(FaultKind.Unknown)).Next;
        Assert.Equal(RunErrorKind.Forgotten, After(last, Fault(FaultKind.Unknown)).Next.Error!.Kind);
    }

    [Fact]
    public void A_completed_task_without_a_response_is_still_completed()
    {
        var run = Retrieving();
        var none = new RunFact.ResponseAnswered(new ServiceFault(FaultKind.Unknown, "404"));
        run = After(run, none).Next;
        run = After(run, none).Next;

        Assert.Equal([new RunEffect.TakeFigures(run.Task!, Response: null)], After(run, none).Effects);
    }

    [Fact]
    public void A_run_that_was_left_at_the_service_is_looked_at_again_at_once()
    {
        var decision = After(AtService(), new RunFact.Restarted(IsServiceNew: false));

        Assert.Equal([new RunEffect.Look(Task, TimeSpan.Zero)], decision.Effects);
    }

    [Fact]
    public void A_run_that_was_left_between_intent_and_answer_is_not_sent_again()
    {
        var decision = After(Submitting(), new RunFact.Restarted(IsServiceNew: false));

        Assert.Equal(RunErrorKind.LostAnswer, decision.Next.Error!.Kind);
    }

    [Fact]
    public void A_service_that_began_after_the_run_was_left_is_sent_the_run_again()
    {
        foreach (var run in new[] { Submitting(), AtService(), Retrieving() })
        {
            var decision = After(run, new RunFact.Restarted(IsServiceNew: true));

            Assert.IsType<TaskForgotten>(Assert.Single(decision.Events));
            Assert.Equal(RunPhase.Pending, decision.Next.Phase);
            Assert.Equal([new RunEffect.AskToSubmit(TimeSpan.Zero)], decision.Effects);
        }
    }

    [Fact]
    public void No_run_goes_back_from_its_end()
    {
        var completed = Retrieving().Apply(new RunCompleted(Response: null, RunResults.None, Now));

        Assert.Throws<InvalidOperationException>(() => completed.Apply(new SubmitIntended(2, Now)));
    }

    private static RunDecision After(Run run, RunFact fact, double chance = 0) =>
        Rules.Integrate(run, fact, Now, chance);

    private static RunFact.StateAnswered Seen(TaskState state) => new(new TaskSnapshot(Task, state));

    private static RunFact.StateAnswered Fault(FaultKind kind) => new(new ServiceFault(kind, $"{kind}"));

    private static RunFact.SubmitAnswered Refusal(FaultKind kind, int attempt = 1) =>
        new(attempt, new ServiceFault(kind, $"{kind}"));

    private static Run Submitting(int failures = 0)
    {
        var run = Run.New;
        for (var attempt = 1; attempt <= failures; attempt++)
        {
            var fault = new ServiceFault(FaultKind.Broken, "earlier");
            run = run.Apply(new SubmitIntended(attempt, Now))
                .Apply(new SubmitFailed(attempt, fault, Counts: true, Now));
        }

        return run.Apply(new SubmitIntended(failures + 1, Now));
    }

    private static Run AtService() => Submitting().Apply(new Submitted(1, Task, Now));

    private static Run Retrieving() =>
        AtService().Apply(new TaskCompleted(new TaskSnapshot(Task, TaskState.Completed), Now));
}
