using AimmsOrchestrator.Domain.Estimates;
using AimmsOrchestrator.Domain.Policies;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Runs.Rules;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Tests.Domain.Runs;

/// <summary>
/// A task that has ended when the service answers an interrupt, after an earlier one that may have ended it: it counts as cut,
/// unless its own times say otherwise.
/// </summary>
public sealed class RepeatedInterruptTests : RunTest
{
    private static readonly ServiceFault NotAllowed = new(FaultKind.WrongRequest, "405");

    private static readonly RunRules Limited = new(
        PollPolicy.Every(TimeSpan.FromSeconds(30)),
        RetryPolicy.Default,
        new TimeLimits
        {
            Solve = new TimeLimit(TimeSpan.FromSeconds(100), Medians: null),
            Run = new TimeLimit(TimeSpan.FromSeconds(300), Medians: null),
            Grace = TimeSpan.FromSeconds(40),
        }
    );

    [Theory]
    [InlineData(true, 500.0, true)]
    [InlineData(true, 99.5, true)]
    [InlineData(true, 99.0, false)]
    [InlineData(false, 500.0, false)]
    public void A_task_has_ended_as_the_interrupt_is_repeated_whose_answer_was_lost(
        bool mayHaveArrived,
        double ran,
        bool isIncumbent
    )
    {
        var asked = Answer(At(100, Running()).Next, Interrupt.Solve, Unanswered(mayHaveArrived));
        Assert.IsType<RunEffect.Interrupt>(Assert.Single(asked.Effects));

        var ended = Answer(asked.Next, Interrupt.Solve, Processed(TaskState.Completed, ran));

        Assert.Equal(isIncumbent, IsIncumbent(ended.Next));
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public void A_refusal_of_the_repeated_interrupt_does_not_say_that_the_lost_one_did_nothing(
        bool mayHaveArrived,
        bool isIncumbent
    )
    {
        var asked = Answer(At(100, Running()).Next, Interrupt.Solve, Unanswered(mayHaveArrived));

        var refused = Answer(asked.Next, Interrupt.Solve, NotAllowed);

        Assert.Equal(isIncumbent, IsIncumbent(After(refused.Next, Seen(TaskState.Completed)).Next));
    }

    [Theory]
    [InlineData(500.0, true)]
    [InlineData(99.0, false)]
    public void A_task_has_ended_as_it_is_asked_a_second_time(double ran, bool isIncumbent)
    {
        var first = Answer(
            At(100, Running()).Next,
            Interrupt.Solve,
            new TaskSnapshot(Task, TaskState.Solving) { SetStatus = "interrupt-solve" }
        );
        var second = At(120, first.Next);
        Assert.IsType<RunEffect.Interrupt>(Assert.Single(second.Effects));

        var ended = Answer(second.Next, Interrupt.Solve, Processed(TaskState.Completed, ran));

        Assert.Equal(isIncumbent, IsIncumbent(ended.Next));
    }

    [Fact]
    public void A_resumed_run_does_not_know_what_the_interrupt_before_the_crash_did()
    {
        var due = At(100, Running());
        var resumed = After(Folded(due), new RunFact.Restarted(IsServiceNew: false)).Next;
        var again = At(130, resumed);
        Assert.IsType<RunEffect.Interrupt>(Assert.Single(again.Effects));

        var ended = Answer(again.Next, Interrupt.Solve, Processed(TaskState.Completed, ran: 500));

        Assert.True(IsIncumbent(ended.Next));
        Assert.True(IsIncumbent(Folded(due, again, ended)));
    }

    [Fact]
    public void A_service_that_refuses_every_interrupt_cuts_nothing()
    {
        var first = Answer(At(100, Running()).Next, Interrupt.Solve, NotAllowed);
        var second = Answer(At(120, first.Next).Next, Interrupt.Solve, NotAllowed);
        var ended = After(second.Next, Seen(TaskState.Completed));

        Assert.True(Assert.IsType<TaskCompleted>(Assert.Single(ended.Events)).EndedBeforeInterrupt);
        Assert.False(IsIncumbent(ended.Next));
    }

    [Theory]
    [InlineData(false, RunErrorKind.TaskFailed)]
    [InlineData(true, RunErrorKind.TimedOut)]
    public void A_failure_is_the_tasks_own_unless_an_earlier_interrupt_may_have_ended_its_execution(
        bool isRepeated,
        RunErrorKind error
    )
    {
        var solve = new TaskInterrupted(Interrupt.Solve, "because", Now.AddSeconds(300));
        var run = At(340, Running().Apply(solve) with { IsInterruptSent = true }).Next;
        Assert.Equal(Interrupt.Execution, run.Interrupted!.How);
        var asked = isRepeated ? Answer(run, Interrupt.Execution, Unanswered(mayHaveArrived: true)).Next : run;

        var ended = Answer(asked, Interrupt.Execution, Processed(TaskState.Failed, ran: 500));

        var none = new RunFact.ResponseAnswered(new ServiceFault(FaultKind.Unknown, "404"));
        Assert.Equal(error, After(ended.Next, none).Next.Error!.Kind);
    }

    private static Run Running() => AtService().Apply(new TaskSeen(TaskState.Running, Now));

    private static TaskSnapshot Processed(TaskState state, double ran) =>
        new(Task, state) { SetStatus = "interrupt-processed", RunTime = TimeSpan.FromSeconds(ran) };

    private static ServiceFault Unanswered(bool mayHaveArrived) =>
        new(FaultKind.Unreachable, "no answer") { MayHaveArrived = mayHaveArrived };

    private static RunDecision Answer(Run run, Interrupt how, Reply<TaskSnapshot> reply) =>
        After(run, new RunFact.InterruptAnswered(how, reply), rules: Limited);

    /// <summary>What is decided as the task is seen solving.</summary>
    private static RunDecision At(int seconds, Run run) =>
        Limited.Integrate(
            run,
            Seen(TaskState.Solving),
            new RunMoment(Now.AddSeconds(seconds), Jitter: 0, TypicalDurations.Unknown)
        );

    /// <summary>What the journal gives back after these decisions.</summary>
    private static Run Folded(params RunDecision[] decisions) =>
        Run.FromEvents([
            new SubmitIntended(1, Now),
            new Submitted(1, Task, Now),
            new TaskSeen(TaskState.Running, Now),
            .. decisions.SelectMany(decision => decision.Events),
        ]);

    private static bool IsIncumbent(Run ended)
    {
        var completed = After(ended, new RunFact.ResultsExtracted(null, RunResults.None));
        return Assert.IsType<RunCompleted>(Assert.Single(completed.Events)).IsIncumbent;
    }
}
