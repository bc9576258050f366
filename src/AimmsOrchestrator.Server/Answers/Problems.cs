using AimmsOrchestrator.Batches.Documents;
using AimmsOrchestrator.Batches.Problems;
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
            BatchProblem.InputBroken p => OfDiagnostics(p.Diagnostics, "The input cannot be used"),
            BatchProblem.NotFound or BatchProblem.RunNotFound => Of(
                StatusCodes.Status404NotFound,
                ProblemSentence.Of(problem)
            ),
            _ => Of(StatusCodes.Status409Conflict, ProblemSentence.Of(problem)),
        };

    /// <summary>Diagnostics of what was sent, with their places.</summary>
    public static ProblemHttpResult OfDiagnostics(
        IReadOnlyList<Diagnostic> diagnostics,
        string title = "The scenario cannot be run"
    )
    {
        var found = diagnostics.Select(d => new DiagnosticDocument(d.File, d.Line, d.Column, d.Message)).ToList();
        var detail = found.Count == 1 ? diagnostics[0].ToString() : $"{found.Count} things are wrong";
        return TypedResults.Problem(
            new ProblemDetails
            {
                Status = StatusCodes.Status422UnprocessableEntity,
                Title = title,
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
}
