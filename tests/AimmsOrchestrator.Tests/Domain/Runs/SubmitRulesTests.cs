using AimmsOrchestrator.Domain.Policies;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Runs.Rules;
using AimmsOrchestrator.Domain.Settlement;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Tests.Domain.Policies;

namespace AimmsOrchestrator.Tests.Domain.Runs;

/// <summary>A submit that is taken, turned away, lost and settled.</summary>
public sealed class SubmitRulesTests : RunTest
{
    [Fact]
    public void The_intent_is_an_event_that_the_post_waits_for()
    {
        var decision = After(Run.New, new RunFact.SubmitAllowed());

        Assert.Equal([new SubmitIntended(1, Now)], decision.Events);
        Assert.True(decision.Events[0].PersistBeforeEffects);
        Assert.Equal([new RunEffect.Submit(1)], decision.Effects);
    }

    [Fact]
    public void The_id_is_an_event_that_the_first_poll_waits_for()
    {
        var decision = After(Submitting(), new RunFact.SubmitAnswered(1, Task));

        Assert.Equal([new Submitted(1, Task, Now)], decision.Events);
        Assert.True(decision.Events[0].PersistBeforeEffects);
        Assert.Equal(
            [new RunEffect.ReleaseSubmit(), new RunEffect.Poll(Task, TimeSpan.FromSeconds(1))],
            decision.Effects
        );
    }

    [Fact]
    public void An_answer_to_an_earlier_attempt_changes_nothing()
    {
        var decision = After(Submitting(), new RunFact.SubmitAnswered(2, Task));

        Assert.Empty(decision.Events);
        Assert.Empty(decision.Effects);
    }

    [Fact]
    public void A_submit_that_was_withheld_costs_no_attempt_and_is_intended_anew()
    {
        var decision = After(Submitting(failures: 2), Refusal(FaultKind.Withheld, attempt: 3));

        Assert.False(Assert.IsType<SubmitFailed>(Assert.Single(decision.Events)).CountsAsAttempt);
        Assert.Equal((RunPhase.Pending, 2, 0), (decision.Next.Phase, decision.Next.Failures, decision.Next.Faults));
        Assert.Equal(
            [new RunEffect.ReleaseSubmit(), new RunEffect.AcquireSubmit(TimeSpan.FromSeconds(0.5))],
            decision.Effects
        );
    }

    [Fact]
    public void The_open_submit_of_a_driver_that_may_live_can_arrive_until_its_lease_and_the_transfer_are_over()
    {
        var rules = new RunRules(
            PollPolicy.Every(TimeSpan.FromSeconds(1)),
            RetryPolicy.Default with
            {
                Settlement = SettlementPolicy.Default.After(TimeSpan.FromSeconds(2)),
            }
        );
        var taken = After(Submitting(), new RunFact.Restarted(IsServiceNew: false), rules: rules, seconds: 4);
        var again = After(taken.Next, new RunFact.Restarted(IsServiceNew: false), rules: rules, seconds: 8);
        var givenUp = After(Unconfirmed(), new RunFact.Restarted(IsServiceNew: false), rules: rules, seconds: 4);

        Assert.Equal((122.0, 122.0), (Arrives(taken), Arrives(again)));
        Assert.Null(Arrives(givenUp));
        Assert.Null(Arrives(After(Submitting(), new RunFact.Restarted(IsServiceNew: false), seconds: 4)));

        static double? Arrives(RunDecision decision) =>
            Assert.IsType<RunEffect.Settle>(Assert.Single(decision.Effects)).ArrivesWithin?.TotalSeconds;
    }

    [Theory]
    [InlineData(502, FaultKind.Broken)]
    [InlineData(503, FaultKind.Overloaded)]
    public void A_gateway_with_nothing_behind_it_costs_no_attempt(int status, FaultKind kind)
    {
        var fault = new ServiceFault(kind, "away") { HttpStatus = status };

        var decision = After(Submitting(failures: 2), new RunFact.SubmitAnswered(3, fault));

        Assert.False(Assert.IsType<SubmitFailed>(Assert.Single(decision.Events)).CountsAsAttempt);
        Assert.Equal(RunPhase.Pending, decision.Next.Phase);
    }

    [Theory]
    [InlineData(FaultKind.Broken)]
    [InlineData(FaultKind.Overloaded)]
    [InlineData(FaultKind.Unreachable)]
    public void A_submit_that_was_turned_away_is_sent_again_after_a_jittered_wait(FaultKind kind)
    {
        var decision = After(Submitting(), Refusal(kind), jitter: 0.5);

        Assert.Equal(RunPhase.Pending, decision.Next.Phase);
        Assert.Equal(
            [new RunEffect.ReleaseSubmit(), new RunEffect.AcquireSubmit(TimeSpan.FromSeconds(1))],
            decision.Effects
        );
    }

    [Fact]
    public void Waits_between_submits_double()
    {
        var second = After(Submitting(failures: 1), Refusal(FaultKind.Broken, attempt: 2), jitter: 0.5);

        Assert.Equal(TimeSpan.FromSeconds(2), second.Effects.OfType<RunEffect.AcquireSubmit>().Single().After);
    }

    [Fact]
    public void The_last_attempt_that_is_turned_away_fails_the_run()
    {
        var decision = After(Submitting(failures: 2), Refusal(FaultKind.Broken, attempt: 3));

        Assert.Equal(new RunError(RunErrorKind.Rejected, "Broken"), decision.Next.Error);
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
    public void Retry_after_holds_everybody_back_and_costs_no_attempt()
    {
        var busy = new ServiceFault(FaultKind.Overloaded, "429") { RetryAfter = TimeSpan.FromSeconds(7) };
        var decision = After(Submitting(failures: 2), new RunFact.SubmitAnswered(3, busy));

        Assert.Equal(2, decision.Next.Failures);
        Assert.Contains(new RunEffect.PauseFor(TimeSpan.FromSeconds(7)), decision.Effects);
        Assert.Contains(new RunEffect.AcquireSubmit(TimeSpan.Zero), decision.Effects);
    }

    [Fact]
    public void Retry_after_that_names_no_time_is_no_leave_to_submit_at_once()
    {
        var busy = new ServiceFault(FaultKind.Overloaded, "429") { RetryAfter = TimeSpan.Zero };
        var first = After(Submitting(), new RunFact.SubmitAnswered(1, busy), jitter: 0.5);
        var intended = first.Next.Apply(new SubmitIntended(2, Now));
        var second = After(intended, new RunFact.SubmitAnswered(2, busy), jitter: 0.5);

        Assert.Contains(new RunEffect.AcquireSubmit(TimeSpan.FromSeconds(1)), first.Effects);
        Assert.Contains(new RunEffect.AcquireSubmit(TimeSpan.FromSeconds(2)), second.Effects);
        Assert.DoesNotContain(first.Effects.Concat(second.Effects), effect => effect is RunEffect.PauseFor);
        Assert.Equal(0, second.Next.Failures);
    }

    [Fact]
    public void A_service_that_is_not_there_costs_no_attempt()
    {
        var decision = After(Submitting(failures: 2), Refusal(FaultKind.Unreachable, attempt: 3), jitter: 0.5);

        Assert.Equal((RunPhase.Pending, 2), (decision.Next.Phase, decision.Next.Failures));
        Assert.Equal(
            [new RunEffect.ReleaseSubmit(), new RunEffect.AcquireSubmit(TimeSpan.FromSeconds(1))],
            decision.Effects
        );
    }

    [Fact]
    public void A_submit_whose_answer_was_lost_is_settled_and_keeps_its_permit()
    {
        var decision = After(Submitting(), new RunFact.SubmitAnswered(1, Lost));

        Assert.Equal([new SubmitUnconfirmed(1, "timed out", CountsAsAttempt: true, Now)], decision.Events);
        Assert.True(decision.Events[0].PersistBeforeEffects);
        Assert.Equal([new RunEffect.Settle(1, Now, Now)], decision.Effects);
    }

    [Fact]
    public void A_run_that_was_left_between_intent_and_answer_is_settled()
    {
        var decision = After(Submitting(), new RunFact.Restarted(IsServiceNew: false));

        Assert.Equal(RunPhase.Unconfirmed, decision.Next.Phase);
        Assert.IsType<RunEffect.Settle>(Assert.Single(decision.Effects));

        var again = After(decision.Next, new RunFact.Restarted(IsServiceNew: false));
        Assert.Empty(again.Events);
        Assert.Equal(decision.Effects, again.Effects);
    }

    [Fact]
    public void An_adopted_task_is_the_runs_own_and_is_polled_once_that_is_on_disk()
    {
        var decision = Settled(Unconfirmed(), new(SettlementVerdict.Adopted, Task, "it is there"));

        Assert.Equal((RunPhase.AtService, Task), (decision.Next.Phase, decision.Next.TaskId!.Value));
        Assert.True(Assert.Single(decision.Events).PersistBeforeEffects);
        Assert.Equal([new RunEffect.ReleaseSubmit(), new RunEffect.Poll(Task, TimeSpan.Zero)], decision.Effects);
    }

    [Fact]
    public void What_the_service_never_took_is_sent_again_as_one_of_the_attempts()
    {
        var nothing = new SettlementOutcome(SettlementVerdict.SentAgain, Task: null, "it is not there");
        var decision = Settled(Unconfirmed(), nothing, jitter: 0.5);

        Assert.Equal((RunPhase.Pending, 1), (decision.Next.Phase, decision.Next.Failures));
        Assert.Equal(
            [new RunEffect.ReleaseSubmit(), new RunEffect.AcquireSubmit(TimeSpan.FromSeconds(1))],
            decision.Effects
        );

        var last = Settled(Unconfirmed(failures: 2), nothing);
        Assert.Equal(RunErrorKind.Rejected, last.Next.Error!.Kind);
        Assert.Equal(2, last.Events.Count);
    }

    [Fact]
    public void An_ambiguous_submit_fails_or_is_sent_again_as_the_scenario_says()
    {
        var ambiguous = new SettlementOutcome(SettlementVerdict.Ambiguous, Task: null, "two tasks are there");
        var failed = Settled(Unconfirmed(), ambiguous);
        Assert.Equal(RunErrorKind.LostAnswer, failed.Next.Error!.Kind);
        Assert.Contains("two tasks are there", failed.Next.Error.Message, StringComparison.Ordinal);

        var retry = RetryPolicy.Default with { Settlement = SettlementPolicy.Default with { SendsAmbiguous = true } };
        var sent = Settled(Unconfirmed(), ambiguous, rules: new RunRules(PollPolicy.Default, retry));
        Assert.Equal([new RunEffect.ReleaseSubmit(), new RunEffect.AcquireSubmit(TimeSpan.Zero)], sent.Effects);
    }

    [Fact]
    public void A_verdict_about_an_earlier_attempt_changes_nothing()
    {
        var decision = After(
            Unconfirmed(failures: 1),
            new RunFact.VerdictReached(1, new(SettlementVerdict.Adopted, Task, "it is there"))
        );

        Assert.Empty(decision.Events);
    }

    [Fact]
    public void The_scenario_says_which_rejections_are_tried_again()
    {
        var asked = new List<FailedAttempt>();
        var rules = new RunRules(
            PollPolicy.Default,
            RetryPolicy.Default with
            {
                Condition = new FakeRetryCondition(asked.Add),
            }
        );
        var gone = new ServiceFault(FaultKind.WrongRequest, "413 Too Large") { HttpStatus = 413 };

        var decision = After(Submitting(), new RunFact.SubmitAnswered(1, gone), rules: rules);

        Assert.Equal(RunPhase.Pending, decision.Next.Phase);
        Assert.Equal([new FailedAttempt(1, "413 Too Large") { HttpStatus = 413 }], asked);
        var last = After(Submitting(failures: 2), new RunFact.SubmitAnswered(3, gone), rules: rules);
        Assert.Equal(RunErrorKind.Rejected, last.Next.Error!.Kind);
    }

    private static RunDecision Settled(Run run, SettlementOutcome outcome, double jitter = 0, RunRules? rules = null) =>
        After(run, new RunFact.VerdictReached(run.Attempts, outcome), jitter, rules);

    [Fact]
    public void A_redirected_submit_ends_the_batch_and_the_run_stays_to_be_done()
    {
        var redirected = new ServiceFault(FaultKind.Misdirected, "301: redirected to https://a");
        var decision = After(Submitting(), new RunFact.SubmitAnswered(1, redirected));

        Assert.Equal(RunPhase.Pending, decision.Next.Phase);
        Assert.Equal([new RunEffect.StopBatch(redirected), new RunEffect.Detach()], decision.Effects);
        Assert.Equal(0, decision.Next.Failures);
    }

    [Fact]
    public void A_sign_in_page_that_may_hide_a_task_ends_the_batch_with_the_submit_still_to_be_settled()
    {
        var page = new ServiceFault(FaultKind.Misdirected, "Sign in") { MayHaveArrived = true };
        var decision = After(Submitting(), new RunFact.SubmitAnswered(1, page));

        Assert.Equal([new SubmitUnconfirmed(1, "Sign in", CountsAsAttempt: false, Now)], decision.Events);
        Assert.Equal([new RunEffect.StopBatch(page), new RunEffect.Detach()], decision.Effects);
        Assert.IsType<RunEffect.Settle>(
            Assert.Single(After(decision.Next, new RunFact.Restarted(IsServiceNew: false)).Effects)
        );
    }

    [Fact]
    public void A_list_that_leads_elsewhere_settles_nothing_and_ends_the_batch()
    {
        var page = new ServiceFault(FaultKind.Misdirected, "Sign in");
        var decision = After(Unconfirmed(), new RunFact.ListMisdirected(page));

        Assert.Empty(decision.Events);
        Assert.Equal(RunPhase.Unconfirmed, decision.Next.Phase);
        Assert.Equal([new RunEffect.StopBatch(page), new RunEffect.Detach()], decision.Effects);
    }

    [Theory]
    [InlineData(500, true)]
    [InlineData(502, false)]
    [InlineData(503, false)]
    [InlineData(504, true)]
    public void An_error_that_may_have_come_after_the_task_was_taken_is_settled_and_an_outage_costs_no_attempt(
        int status,
        bool counts
    )
    {
        var fault = new ServiceFault(FaultKind.Broken, $"{status}") { HttpStatus = status, MayHaveArrived = true };
        var decision = After(Submitting(), new RunFact.SubmitAnswered(1, fault));

        var lost = Assert.IsType<SubmitUnconfirmed>(Assert.Single(decision.Events));
        Assert.Equal((counts, status), (lost.CountsAsAttempt, lost.HttpStatus));
        Assert.IsType<RunEffect.Settle>(Assert.Single(decision.Effects));
    }

    [Fact]
    public void A_run_whose_submits_were_answered_with_errors_says_so_when_it_gives_up()
    {
        var fault = new ServiceFault(FaultKind.Broken, "POST tasks: 500") { HttpStatus = 500, MayHaveArrived = true };
        var run = After(Submitting(failures: 2), new RunFact.SubmitAnswered(3, fault)).Next;
        var notTaken = new SettlementOutcome(SettlementVerdict.SentAgain, Task: null, "the list does not have it");

        var failed = After(run, new RunFact.VerdictReached(3, notTaken)).Next;
        Assert.Equal(RunErrorKind.Rejected, failed.Error!.Kind);
        Assert.StartsWith(
            "POST tasks: 500, as often as it may be tried",
            failed.Error.Message,
            StringComparison.Ordinal
        );
    }
}
