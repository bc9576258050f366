using AimmsOrchestrator.Batches.Documents;
using AimmsOrchestrator.Batches.Problems;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Scenarios.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace AimmsOrchestrator.Server.Answers;

/// <summary>What went wrong as problem documents (RFC 9457), each with a sentence for the caller.</summary>
internal static class Problems
{
    /// <summary>A problem of a use case.</summary>
    public static ProblemHttpResult Of(BatchProblem problem) =>
        problem switch
        {
            BatchProblem.ScenarioBroken p => OfDiagnostics(p.Diagnostics),
            BatchProblem.ControlsBroken p => OfDiagnostics(p.Diagnostics),
            BatchProblem.NotFound or BatchProblem.RunNotFound => Of(StatusCodes.Status404NotFound, Sentence(problem)),
            _ => Of(StatusCodes.Status409Conflict, Sentence(problem)),
        };

    /// <summary>Diagnostics of a scenario, with their places.</summary>
    public static ProblemHttpResult OfDiagnostics(IReadOnlyList<Diagnostic> diagnostics)
    {
        var found = diagnostics.Select(d => new DiagnosticDocument(d.File, d.Line, d.Column, d.Message)).ToList();
        var detail = found.Count == 1 ? diagnostics[0].ToString() : $"{found.Count} things are wrong";
        return TypedResults.Problem(
            new ProblemDetails
            {
                Status = StatusCodes.Status422UnprocessableEntity,
                Title = "The scenario cannot be run",
                Detail = detail,
                Extensions = { ["mistakes"] = found },
            }
        );
    }

    public static ProblemHttpResult Of(int status, string sentence) =>
        TypedResults.Problem(detail: sentence, statusCode: status);

    /// <summary>Writes a problem where no endpoint answers.</summary>
    public static Task WriteAsync(HttpContext context, int status, string sentence) =>
        Of(status, sentence).ExecuteAsync(context);

    /// <summary>A problem in one sentence, without the command line's advice.</summary>
    public static string Sentence(BatchProblem problem) =>
        problem switch
        {
            BatchProblem.NotFound { Name: null } => "there are no batches yet",
            BatchProblem.NotFound p => $"no batch or scenario is called \"{p.Name}\"{p.Hint}",
            BatchProblem.RunNotFound p => p.Hint is null
                ? $"{p.Batch}: no run has begun yet"
                : $"{p.Batch}: no run that has begun is called \"{p.Name}\"{p.Hint}",
            BatchProblem.NoLog p => $"{p.Batch}: run {p.Run.Index}: {p.Reason}",
            BatchProblem.DrivenElsewhere { WasAskedToLeave: true } p =>
                $"{p.Batch}: {p.Holder} drives it, was asked to leave it, and does not",
            BatchProblem.DrivenElsewhere p =>
                $"{p.Batch} is driven by {p.Holder?.ToString() ?? "another process"} already",
            BatchProblem.BegunElsewhere => "the time of the schedule is over: another process began it",
            BatchProblem.Over p =>
                $"{p.Batch.Id} is {(p.Batch.End == BatchEnd.Cancelled ? "cancelled" : "finished")}: nothing is left to do",
            BatchProblem.ScenarioBroken p => string.Join("; ", p.Diagnostics),
            BatchProblem.ControlsBroken p => string.Join("; ", p.Diagnostics),
            BatchProblem.ScenarioUnreadable p => $"{p.Batch}: this version can no longer read its scenario",
            BatchProblem.TasksNotEnded p =>
                $"{p.Batch}: {p.Tasks} tasks could not be ended, the first one of run {p.FirstRun}: {p.FirstReason}",
            BatchProblem.ReplayMissing p => $"the batch that the service {p.Service} replays is missing",
            var p => p.ToString(),
        };
}
