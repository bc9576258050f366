using AimmsOrchestrator.Batches.Problems;
using AimmsOrchestrator.Cli.Terminal;
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
            BatchProblem.NotFound => $"{workspace}: {ProblemSentence.Of(problem)}",
            BatchProblem.NoLog p =>
                $"{p.Batch}: run {p.Run.Index} ({p.Run.Name.OneLine()}) is {p.Run.State.Word()}, and {p.Reason}",
            BatchProblem.DrivenElsewhere { WasAskedToLeave: false } p =>
                $"{ProblemSentence.Of(p)}; `aimms-batch status {p.Batch} --watch` follows it",
            BatchProblem.ScenarioBroken p => string.Join(Environment.NewLine, p.Diagnostics),
            BatchProblem.InputBroken p => string.Join(Environment.NewLine, p.Diagnostics),
            BatchProblem.Unfinished p =>
                $"{ProblemSentence.Of(p)}: `aimms-batch resume {p.Batch.Id}` continues it, `aimms-batch cancel {p.Batch.Id}` ends it; --unfinished removes it all the same",
            BatchProblem.ReplayMissing p =>
                $"emulator.services.{p.Service}.replay: {(p.Why is BatchProblem.NotFound { Hint: "" } why ? $"{workspace}: no batch or scenario is called \"{why.Name}\"" : Line(p.Why, workspace))}",
            BatchProblem.TasksNotEnded => $"{ProblemSentence.Of(problem)}; cancel again later",
            _ => ProblemSentence.Of(problem),
        };
}
