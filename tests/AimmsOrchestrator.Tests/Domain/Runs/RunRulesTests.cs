using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Tests.Domain.Runs;

/// <summary>How a run begins, is taken up again and ends.</summary>
public sealed class RunRulesTests : RunTest
{
    [Fact]
    public void A_run_without_a_cached_result_asks_to_submit_and_writes_nothing_yet()
    {
        Assert.Empty(After(Run.New, new RunFact.Admitted(Defect: null)).Effects);

        var decision = After(Run.New, new RunFact.CacheMiss());

        Assert.Empty(decision.Events);
        Assert.Equal([new RunEffect.AcquireSubmit(TimeSpan.Zero)], decision.Effects);
    }

    [Fact]
    public void A_run_whose_expressions_failed_ends_without_a_request()
    {
        var decision = After(Run.New, new RunFact.Admitted("freight is not defined"));

        Assert.Equal(RunErrorKind.Scenario, decision.Next.Error!.Kind);
        Assert.Equal([new RunEffect.Finish()], decision.Effects);
    }

    [Fact]
    public void A_run_that_waits_for_the_result_of_another_gives_its_slot_back()
    {
        var decision = After(Run.New, new RunFact.InFlight());

        Assert.Equal([new RunEffect.ReleaseSlot()], decision.Effects);
        Assert.Equal(RunPhase.Pending, decision.Next.Phase);
    }

    [Fact]
    public void A_cached_response_is_copied_with_this_scenarios_own_results()
    {
        var earlier = new CachedOutcome.WithResponse(
            new RunReference(3, 4),
            new TaskSnapshot(Task, TaskState.Completed),
            new TaskResponse("{}"u8.ToArray(), "application/json")
        );

        var found = After(Run.New, new RunFact.CacheHit(earlier));
        Assert.Equal(
            [new RunEffect.ReleaseSlot(), new RunEffect.ExtractResults(earlier.Task, earlier.Response, earlier)],
            found.Effects
        );

        var taken = After(found.Next, new RunFact.ResultsExtracted(earlier.Response, RunResults.None, earlier));
        Assert.Equal([new RunReused(earlier.Source, earlier.Task, RunResults.None, Now)], taken.Events);
        Assert.Equal(RunPhase.Completed, taken.Next.Phase);
        Assert.Equal([new RunEffect.Finish()], taken.Effects);
    }

    [Fact]
    public void A_cached_response_that_is_no_success_in_this_scenario_is_a_failure_of_this_run()
    {
        var earlier = new CachedOutcome.WithResponse(
            new RunReference(3, 4),
            new TaskSnapshot(Task, TaskState.Completed),
            Response: null
        );

        var taken = After(
            Run.New,
            new RunFact.ResultsExtracted(null, new RunResults("{}", null, IsSuccess: false), earlier)
        );

        Assert.Equal(RunErrorKind.NotSuccess, taken.Next.Error!.Kind);
    }

    [Fact]
    public void A_cached_incumbent_stays_one()
    {
        var cut = TimeSpan.FromSeconds(2);
        var task = new TaskSnapshot(Task, TaskState.Completed);
        var whole = new CachedOutcome.WithResponse(new RunReference(3, 4), task, Response: null)
        {
            IsIncumbent = true,
            CutAfter = cut,
        };
        var key = new ExtractionKey(new string('a', 64));
        var results = new CachedOutcome.ResultsOnly(new RunReference(3, 4), task, RunResults.None, key)
        {
            IsIncumbent = true,
            CutAfter = cut,
        };

        var copies = new[]
        {
            After(Run.New, new RunFact.ResultsExtracted(null, RunResults.None, whole)),
            After(Run.New, new RunFact.CacheHit(results)),
            After(Run.New, new RunFact.ResultsExtracted(null, RunResults.None with { IsSuccess = false }, whole)),
        };
        Assert.All(copies, copy => Assert.Equal((true, cut), (copy.Next.IsIncumbent, copy.Next.CutAfter)));
        Assert.All(copies, copy => Assert.Equal(new RunReference(3, 4), copy.Next.CopiedFrom));
    }

    [Fact]
    public void Results_of_an_earlier_run_that_is_no_success_are_copied_as_that()
    {
        var task = new TaskSnapshot(Task, TaskState.Completed);
        var key = new ExtractionKey(new string('a', 64));
        var results = new RunResults("""{"cost":null}""", Notes: null, IsSuccess: false);
        var earlier = new CachedOutcome.ResultsOnly(new RunReference(3, 4), task, results, key);

        var copied = After(Run.New, new RunFact.CacheHit(earlier));

        var failed = Assert.IsType<RunFailed>(Assert.Single(copied.Events));
        Assert.Equal((RunErrorKind.NotSuccess, earlier.Source), (failed.Error.Kind, failed.Source));
        Assert.Equal((results, key), (copied.Next.Results, copied.Next.Extraction));
        Assert.Equal([new RunEffect.ReleaseSlot(), new RunEffect.Finish()], copied.Effects);
    }

    [Fact]
    public void A_run_that_is_asked_again_stays_that_until_it_is_reopened_otherwise()
    {
        var failed = Submitting().Apply(new RunFailed(new RunError(RunErrorKind.NotSuccess, "no"), Now));
        var again = failed.Apply(new RunReopened(Now) { AsksAgain = true });
        var sent = again.Apply(new SubmitIntended(2, Now)).Apply(new Submitted(2, Task, Now));

        Assert.Equal(Now, again.AskedAgainAt);
        Assert.Equal(Now, sent.Apply(new TaskForgotten("404", CountsAsAttempt: true, Now)).AskedAgainAt);
        Assert.Null(failed.Apply(new RunReopened(Now)).AskedAgainAt);
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
    public void The_response_is_on_disk_before_the_run_counts_as_completed()
    {
        var response = new TaskResponse("{}"u8.ToArray(), "application/json");
        var decision = After(Retrieving(), new RunFact.ResultsExtracted(response, RunResults.None));

        var completed = Assert.IsType<RunCompleted>(Assert.Single(decision.Events));
        Assert.Same(response, completed.Response);
        Assert.True(completed.PersistBeforeEffects);
        Assert.Equal([new RunEffect.Finish()], decision.Effects);
    }

    [Fact]
    public void A_completed_task_that_is_no_success_is_a_failed_run_that_keeps_its_response()
    {
        var response = new TaskResponse("{}"u8.ToArray(), "application/json");
        var results = new RunResults("{}", Notes: null, IsSuccess: false);
        var decision = After(Retrieving(), new RunFact.ResultsExtracted(response, results));

        Assert.Equal(RunErrorKind.NotSuccess, decision.Next.Error!.Kind);
        Assert.Same(response, Assert.IsType<RunFailed>(Assert.Single(decision.Events)).Response);
    }

    [Fact]
    public void A_run_that_was_left_at_the_service_is_polled_at_once()
    {
        var decision = After(AtService(), new RunFact.Restarted(IsServiceNew: false));

        Assert.Equal([new RunEffect.Poll(Task, TimeSpan.Zero)], decision.Effects);
    }

    [Fact]
    public void A_service_that_began_after_the_run_was_left_is_sent_the_run_again()
    {
        foreach (var run in new[] { Submitting(), AtService(), Retrieving() })
        {
            var decision = After(run, new RunFact.Restarted(IsServiceNew: true));

            Assert.IsType<TaskForgotten>(Assert.Single(decision.Events));
            Assert.Equal(RunPhase.Pending, decision.Next.Phase);
            Assert.Equal([new RunEffect.AcquireSubmit(TimeSpan.Zero)], decision.Effects);
        }
    }

    [Fact]
    public void No_run_goes_back_from_its_end()
    {
        var completed = Retrieving().Apply(new RunCompleted(Response: null, RunResults.None, Now));

        Assert.Throws<InvalidOperationException>(() => completed.Apply(new SubmitIntended(2, Now)));
    }
}
