using AimmsOrchestrator.Domain.Settlement;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Domain.Runs.Rules;

/// <summary>Which commands a run allows, and the event that each becomes.</summary>
public static class RunCommandRules
{
    /// <summary>The event that carries the command out; null where the run does not allow it in its phase.</summary>
    /// <param name="run">The run.</param>
    /// <param name="command">What is wanted.</param>
    /// <param name="now">When, UTC.</param>
    public static RunEvent? Decide(Run run, RunCommand command, DateTimeOffset now) =>
        command switch
        {
            // Its task had ended: what is missing is only what that may have written.
            RunCommand.Cancel when run is { Phase: RunPhase.Retrieving, Task.State: TaskState.Failed } => new RunFailed(
                FailedTaskRules.ErrorOf(run),
                now
            ),
            RunCommand.Cancel c when run.Phase.MayBecome(RunPhase.Cancelled) => new RunCancelled(
                Reason(run, c.KeepsTask),
                now
            ),
            RunCommand.Reopen c when run.Phase is RunPhase.Failed or RunPhase.Cancelled => new RunReopened(now)
            {
                AsksAgain = c.AsksAgain,
            },
            RunCommand.FailAsBug c when run.Phase.MayBecome(RunPhase.Failed) => new RunFailed(
                new RunError(RunErrorKind.Bug, $"a bug in this program: {c.Message}"),
                now
            ),
            _ => null,
        };

    private static string Reason(Run run, bool keepsTask) =>
        run.Phase switch
        {
            RunPhase.Submitting or RunPhase.Unconfirmed when keepsTask =>
                "cancelled while its submit was under way; the service may have taken it",
            RunPhase.Submitting or RunPhase.Unconfirmed => "cancelled; the service never took its submit",
            RunPhase.Pending when run.Settled == SettlementVerdict.Ambiguous =>
                "cancelled; the service may have taken its submit, whose answer was lost",
            RunPhase.AtService when keepsTask => $"cancelled; task {run.TaskId} was left to run",
            RunPhase.AtService => $"cancelled; task {run.TaskId} was ended",
            RunPhase.Retrieving => $"cancelled before the result of task {run.TaskId} was retrieved",
            _ => "cancelled",
        };
}
