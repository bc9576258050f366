using AimmsOrchestrator.Domain.Policies;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Runs.Rules;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Tests.Domain.Policies;

namespace AimmsOrchestrator.Tests.Domain.Runs;

/// <summary>A task that ended failed, and what it may have written all the same.</summary>
public sealed class FailedTaskRulesTests : RunTest
{
    private static readonly TaskSnapshot Broken = new(Task, TaskState.Failed) { ErrorMessage = "set Cities is empty" };
    private static readonly TaskResponse Document = new("""{"status":"error"}"""u8.ToArray(), "application/json");
    private static readonly RunFact.ResponseAnswered None = new(new ServiceFault(FaultKind.Unknown, "404"));

    [Fact]
    public void The_failure_is_on_disk_before_the_response_is_asked_for_once()
    {
        var decision = After(AtService(), new RunFact.StateAnswered(Broken));

        Assert.Equal([new TaskFailed(Broken, Now)], decision.Events);
        Assert.True(decision.Events[0].PersistBeforeEffects);
        Assert.Equal([new RunEffect.ReleaseSlot(), new RunEffect.Fetch(Task, TimeSpan.Zero)], decision.Effects);

        var ended = After(decision.Next, None);
        Assert.Equal(new RunError(RunErrorKind.TaskFailed, "set Cities is empty"), ended.Next.Error);
        Assert.Equal([new RunEffect.Finish()], ended.Effects);
    }

    [Fact]
    public void What_it_wrote_is_the_runs_response_with_the_results_in_it_and_the_run_has_failed()
    {
        var come = After(WithFailure(), new RunFact.ResponseAnswered(Document));
        Assert.Equal([new RunEffect.ExtractResults(Broken, Document)], come.Effects);

        // Also where the scenario has no success of its own, or one that looks at nothing.
        var results = new RunResults("""{"status":"error"}""", Notes: null, IsSuccess: true);
        var ended = After(come.Next, new RunFact.ResultsExtracted(Document, results));
        var failed = Assert.IsType<RunFailed>(Assert.Single(ended.Events));
        Assert.Equal((RunErrorKind.TaskFailed, Document), (failed.Error.Kind, failed.Response));
        Assert.Equal(results.ValuesJson, ended.Next.Results!.ValuesJson);
        Assert.Equal(Broken, ended.Next.Task);
    }

    [Fact]
    public void A_response_that_is_not_to_be_kept_still_gives_its_results()
    {
        var rules = new RunRules(PollPolicy.Default, RetryPolicy.Default, responses: ResponseKeeping.None);
        var results = new RunResults("""{"status":"error"}""", Notes: null, IsSuccess: false);

        var ended = After(WithFailure(), new RunFact.ResultsExtracted(Document, results), rules: rules);

        Assert.Null(Assert.IsType<RunFailed>(Assert.Single(ended.Events)).Response);
        Assert.Equal(results, ended.Next.Results);
    }

    [Fact]
    public void The_scenarios_own_condition_sees_the_task_and_what_it_wrote()
    {
        var asked = new List<FailedAttempt>();
        var rules = new RunRules(
            PollPolicy.Default,
            RetryPolicy.Default with
            {
                Condition = new FakeRetryCondition(asked.Add),
            }
        );

        var decision = After(
            WithFailure(),
            new RunFact.ResultsExtracted(Document, RunResults.None),
            jitter: 0.5,
            rules: rules
        );

        Assert.Equal([new FailedAttempt(1, "set Cities is empty") { Task = Broken, Response = Document }], asked);
        Assert.IsType<AttemptFailed>(Assert.Single(decision.Events));
        Assert.Equal((RunPhase.Pending, 1, null), (decision.Next.Phase, decision.Next.Failures, decision.Next.TaskId));
        Assert.Equal([new RunEffect.AcquireSubmit(TimeSpan.FromSeconds(1))], decision.Effects);
    }

    [Fact]
    public void A_process_that_died_meanwhile_asks_once_more_and_a_new_service_has_nothing()
    {
        var resumed = After(WithFailure(), new RunFact.Restarted(IsServiceNew: false));
        Assert.Equal([new RunEffect.ReleaseSlot(), new RunEffect.Fetch(Task, TimeSpan.Zero)], resumed.Effects);

        var alone = After(WithFailure(), new RunFact.Restarted(IsServiceNew: true));
        Assert.Equal(new RunError(RunErrorKind.TaskFailed, "set Cities is empty"), alone.Next.Error);
    }

    [Fact]
    public void A_service_that_is_away_or_overloaded_is_waited_for()
    {
        var away = new RunFact.ResponseAnswered(new ServiceFault(FaultKind.Unreachable, "away"));
        var busy = new ServiceFault(FaultKind.Overloaded, "429") { RetryAfter = TimeSpan.FromSeconds(7) };
        var run = Again(WithFailure(), away, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        Assert.Equal(RunPhase.Retrieving, run.Phase);

        Assert.Equal(
            [new RunEffect.PauseFor(TimeSpan.FromSeconds(7)), new RunEffect.Fetch(Task, TimeSpan.FromSeconds(5))],
            After(run, new RunFact.ResponseAnswered(busy), jitter: 0.5).Effects
        );
    }

    [Fact]
    public void Retry_after_that_names_no_time_is_no_pause()
    {
        var busy = new ServiceFault(FaultKind.Overloaded, "429") { RetryAfter = TimeSpan.Zero };

        Assert.Equal(
            [new RunEffect.Fetch(Task, TimeSpan.FromSeconds(1))],
            After(WithFailure(), new RunFact.ResponseAnswered(busy), jitter: 0.5).Effects
        );
    }

    [Fact]
    public void A_response_that_cannot_be_had_leaves_the_failure_and_says_so()
    {
        var nonsense = new RunFact.ResponseAnswered(new ServiceFault(FaultKind.Broken, "GET: 500"));
        var run = Again(WithFailure(), nonsense, 0, 1, 2);

        Assert.Equal(RunErrorKind.TaskFailed, run.Error!.Kind);
        Assert.Equal("its response could not be fetched: GET: 500", run.Results!.Notes);
    }

    [Fact]
    public void A_refusal_ends_the_batch_and_the_failure_stays_to_be_completed()
    {
        var refused = new ServiceFault(FaultKind.Refused, "401");
        var decision = After(WithFailure(), new RunFact.ResponseAnswered(refused));

        Assert.Empty(decision.Events);
        Assert.Equal([new RunEffect.StopBatch(refused), new RunEffect.Detach()], decision.Effects);
    }

    [Fact]
    public void A_task_that_this_program_ended_failed_by_its_limit()
    {
        var run = AtService().Apply(new TaskInterrupted(Interrupt.Execution, "it ran too long", Now));
        run = run.Apply(new TaskFailed(Broken, Now));

        Assert.Equal(
            new RunError(RunErrorKind.TimedOut, "it ran too long, and its execution was ended"),
            After(run, None).Next.Error
        );
        var itself = AtService()
            .Apply(new TaskInterrupted(Interrupt.Execution, "it ran too long", Now))
            .Apply(new TaskFailed(Broken, Now) { EndedBeforeInterrupt = true });
        Assert.Equal(RunErrorKind.TaskFailed, After(itself, None).Next.Error!.Kind);
    }

    private static Run WithFailure() => AtService().Apply(new TaskFailed(Broken, Now));
}
