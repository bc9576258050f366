using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Runs.Rules;
using AimmsOrchestrator.Domain.Settlement;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Tests.Domain.Runs;

/// <summary>What may be done to a run that has no actor.</summary>
public sealed class RunCommandRulesTests : RunTest
{
    private static readonly Run Completed = Retrieving().Apply(new RunCompleted(null, RunResults.None, Now));

    [Fact]
    public void Every_run_that_has_not_ended_can_be_cancelled_and_the_event_says_what_became_of_its_task()
    {
        Assert.Equal("cancelled", Reason(Run.New, keepsTask: false));
        Assert.Equal($"cancelled; task {Task} was ended", Reason(AtService(), keepsTask: false));
        Assert.Equal($"cancelled; task {Task} was left to run", Reason(AtService(), keepsTask: true));
        Assert.Contains(
            "the service may have taken it",
            Reason(Unconfirmed(), keepsTask: true),
            StringComparison.Ordinal
        );
        Assert.Equal("cancelled; the service never took its submit", Reason(Submitting(), keepsTask: false));
        var ambiguous = Unconfirmed()
            .Apply(new SubmitSettled(1, SettlementVerdict.Ambiguous, Task: null, "two tasks", Now));
        Assert.Equal(
            "cancelled; the service may have taken its submit, whose answer was lost",
            Reason(ambiguous, keepsTask: false)
        );
        Assert.Contains("before the result", Reason(Retrieving(), keepsTask: false), StringComparison.Ordinal);
        Assert.Null(RunCommandRules.Decide(Completed, new RunCommand.Cancel(KeepsTask: false), Now));
    }

    [Fact]
    public void A_run_whose_task_had_failed_is_not_cancelled_but_failed()
    {
        var task = new TaskSnapshot(Task, TaskState.Failed) { ErrorMessage = "no licence" };

        var ended = RunCommandRules.Decide(
            AtService().Apply(new TaskFailed(task, Now)),
            new RunCommand.Cancel(KeepsTask: false),
            Now
        );

        Assert.Equal(new RunError(RunErrorKind.TaskFailed, "no licence"), Assert.IsType<RunFailed>(ended).Error);
    }

    [Fact]
    public void Only_a_run_that_ended_without_a_result_can_be_reopened()
    {
        var failed = Run.New.Apply(new RunFailed(new RunError(RunErrorKind.Rejected, "503"), Now));

        Assert.Equal(new RunReopened(Now), RunCommandRules.Decide(failed, new RunCommand.Reopen(), Now));
        Assert.Equal(
            new RunReopened(Now),
            RunCommandRules.Decide(Run.New.Apply(new RunCancelled("", Now)), new RunCommand.Reopen(), Now)
        );
        Assert.Null(RunCommandRules.Decide(Completed, new RunCommand.Reopen(), Now));
        Assert.Null(RunCommandRules.Decide(AtService(), new RunCommand.Reopen(), Now));
    }

    [Fact]
    public void A_bug_fails_a_run_in_any_phase_before_its_end()
    {
        foreach (var run in new[] { Run.New, Submitting(), Unconfirmed(), AtService(), Retrieving() })
        {
            var failed = Assert.IsType<RunFailed>(RunCommandRules.Decide(run, new RunCommand.FailAsBug("boom"), Now));
            Assert.Equal(RunErrorKind.Bug, failed.Error.Kind);
            Assert.Equal(RunPhase.Failed, run.Apply(failed).Phase);
        }

        Assert.Null(RunCommandRules.Decide(Completed, new RunCommand.FailAsBug("boom"), Now));
    }

    private static string Reason(Run run, bool keepsTask) =>
        Assert.IsType<RunCancelled>(RunCommandRules.Decide(run, new RunCommand.Cancel(keepsTask), Now)).Reason;
}
