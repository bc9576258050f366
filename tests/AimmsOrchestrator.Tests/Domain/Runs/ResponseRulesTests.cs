using AimmsOrchestrator.Domain.Estimates;
using AimmsOrchestrator.Domain.Policies;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Runs.Rules;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Tests.Domain.Runs;

/// <summary>What follows from a completed task whose response is not there.</summary>
public sealed class ResponseRulesTests : RunTest
{
    private static readonly RunFact None = new RunFact.ResponseAnswered(new ServiceFault(FaultKind.Unknown, "404"));

    [Fact]
    public void A_missing_response_is_no_fact_about_the_task()
    {
        var run = Again(Retrieving(), None, 0, 1);

        var asked = After(run, None, seconds: 5);
        Assert.Equal([new RunEffect.Poll(run.TaskId!.Value, TimeSpan.Zero)], asked.Effects);

        var completed = new RunFact.StateAnswered(new TaskSnapshot(run.TaskId!.Value, TaskState.Completed));
        Assert.IsType<RunEffect.Fetch>(Assert.Single(After(asked.Next, completed, seconds: 6).Effects));
    }

    [Fact]
    public void A_response_that_stays_missing_fails_the_run_after_minutes_and_a_retry_asks_for_it_first()
    {
        var completed = new RunFact.StateAnswered(new TaskSnapshot(Retrieving().TaskId!.Value, TaskState.Completed));
        var run = Missing(Retrieving(), from: 0);
        Assert.Equal(RunPhase.Retrieving, After(run, completed, seconds: 299).Next.Phase);

        var failed = After(run, completed, seconds: 300).Next;
        Assert.Equal((RunPhase.Failed, RunErrorKind.NoResponse), (failed.Phase, failed.Error!.Kind));

        var again = failed.Apply(new RunReopened(Now.AddHours(1)));
        Assert.Equal(RunPhase.Retrieving, again.Phase);
        var anew = After(Missing(again, from: 4000), completed, seconds: 4006);
        Assert.Equal(RunPhase.Pending, anew.Next.Phase);
        Assert.IsType<RunEffect.AcquireSubmit>(Assert.Single(anew.Effects));
    }

    [Fact]
    public void A_task_that_is_missing_with_its_response_is_forgotten()
    {
        var unknown = new RunFact.StateAnswered(new ServiceFault(FaultKind.Unknown, "404"));
        var run = Again(Missing(Retrieving(), from: 0), unknown, 6, 10, 15, 20);
        Assert.Equal(RunPhase.Retrieving, run.Phase);

        Assert.IsType<TaskForgotten>(Assert.Single(After(run, unknown, seconds: 26).Events));
    }

    [Fact]
    public void A_scenario_that_takes_nothing_from_a_response_does_without_one_that_was_never_there()
    {
        var rules = new RunRules(PollPolicy.Default, RetryPolicy.Default, needsResponse: false);
        var completed = new RunFact.StateAnswered(new TaskSnapshot(Retrieving().TaskId!.Value, TaskState.Completed));
        var away = new RunFact.ResponseAnswered(new ServiceFault(FaultKind.Unreachable, "away"));

        var never = rules.Integrate(Missing(Retrieving(), from: 0), completed, Moment(6));
        Assert.Equal([new RunEffect.ExtractResults(Retrieving().Task!, Response: null)], never.Effects);

        var faulty = rules.Integrate(Missing(Again(Retrieving(), away, 0), from: 1), completed, Moment(7));
        Assert.IsType<RunEffect.Fetch>(Assert.Single(faulty.Effects));
    }

    [Fact]
    public void A_response_that_is_not_there_for_a_moment_after_an_outage_is_waited_for()
    {
        var away = new RunFact.ResponseAnswered(new ServiceFault(FaultKind.Unreachable, "away"));
        var run = Again(Retrieving(), away, 0, 1, 2, 3);

        Assert.IsType<RunEffect.Fetch>(Assert.Single(After(run, None, seconds: 9).Effects));
    }

    /// <summary>A run whose response was missing three times over five seconds.</summary>
    private static Run Missing(Run run, double from) => Again(run, None, from, from + 1, from + 5);

    private static RunMoment Moment(double seconds) =>
        new(Now.AddSeconds(seconds), Jitter: 0, TypicalDurations.Unknown);
}
