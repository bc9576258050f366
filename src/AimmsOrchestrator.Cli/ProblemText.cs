using AimmsOrchestrator.Batches.Problems;
using AimmsOrchestrator.Cli.Terminal;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Runs;

namespace AimmsOrchestrator.Cli;

/// <summary>The problems of use cases as lines and exit codes.</summary>
internal static class ProblemText
{
    /// <summary>The value of a use case.</summary>
    /// <param name="result">What it came to.</param>
    /// <param name="workspace">The workspace as the user named it.</param>
    /// <exception cref="UserErrorException">It came to a problem.</exception>
    public static T OrThrow<T>(this Result<T> result, string workspace)
        where T : class =>
        result.IsSuccess
            ? result.Value
            : throw new UserErrorException(
                Line(result.Problem, workspace),
                result.Problem is BatchProblem.TasksNotEnded or BatchProblem.NoLog { IsOfService: true }
                    ? ExitCode.ServiceRefused
                    : ExitCode.WrongInput
            );

    /// <summary>A problem in one line, or one line per diagnostic.</summary>
    public static string Line(BatchProblem problem, string workspace) =>
        problem switch
        {
            BatchProblem.NotFound { Name: null } =>
                $"{workspace}: no batches yet; `aimms-batch run SCENARIO` makes one",
            BatchProblem.NotFound p => $"{workspace}: no batch or scenario is called \"{p.Name}\"{p.Hint}",
            BatchProblem.RunNotFound { Hint: null } p => $"{p.Batch}: no run has begun yet",
            BatchProblem.RunNotFound p => $"{p.Batch}: no run that has begun is called \"{p.Name}\"{p.Hint}",
            BatchProblem.NoLog p =>
                $"{p.Batch}: run {p.Run.Index} ({p.Run.Name.OneLine()}) is {p.Run.State.Word()}, and {p.Reason}",
            BatchProblem.DrivenElsewhere { WasAskedToLeave: true } p =>
                $"{p.Batch}: {p.Holder} drives it, was asked to leave it, and does not",
            BatchProblem.DrivenElsewhere p =>
                $"{p.Batch} is driven by {p.Holder?.ToString() ?? "another process"} already; `aimms-batch status {p.Batch} --watch` follows it",
            BatchProblem.BegunElsewhere => "the time of the schedule is over: another process began it",
            BatchProblem.Over p =>
                $"{p.Batch.Id} is {(p.Batch.End == BatchEnd.Cancelled ? "cancelled" : "finished")}: nothing is left to do",
            BatchProblem.ScenarioBroken p => string.Join(Environment.NewLine, p.Diagnostics),
            BatchProblem.WorkspaceBusy p =>
                $"{p.Batch} is driven by {p.Holder}: batches are removed while none of the workspace runs",
            BatchProblem.Unfinished p =>
                $"{p.Batch.Id} is unfinished: `aimms-batch resume {p.Batch.Id}` continues it, `aimms-batch cancel {p.Batch.Id}` ends it; --unfinished removes it all the same",
            BatchProblem.SubmitsLost p =>
                $"{p.Batch}: the answer to a submit was lost within the last day, and its task may turn up at the service: remove the batch tomorrow",
            BatchProblem.ReplayMissing p =>
                $"emulator.services.{p.Service}.replay: {(p.Why is BatchProblem.NotFound { Hint: "" } why ? $"{workspace}: no batch or scenario is called \"{why.Name}\"" : Line(p.Why, workspace))}",
            BatchProblem.ControlsBroken p => string.Join(Environment.NewLine, p.Diagnostics),
            BatchProblem.ScenarioUnreadable p => $"{p.Batch}: this version can no longer read its scenario",
            BatchProblem.TasksNotEnded p =>
                $"{p.Batch}: {p.Tasks} tasks could not be ended, the first one of run {p.FirstRun}: {p.FirstReason}; cancel again later",
            _ => throw new ArgumentOutOfRangeException(nameof(problem), problem, "not a problem of a use case"),
        };
}
