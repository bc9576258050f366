using System.ComponentModel;
using AimmsOrchestrator.Batches.Cancellation;
using AimmsOrchestrator.Batches.Documents;
using AimmsOrchestrator.Batches.Execution;
using AimmsOrchestrator.Batches.Problems;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Server.Access;
using AimmsOrchestrator.Server.Answers;
using AimmsOrchestrator.Server.Fleet;
using AimmsOrchestrator.Server.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace AimmsOrchestrator.Server.Http;

/// <summary>Ends batches, and runs again what failed of them.</summary>
internal static class EndEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/batches/{id}/retry", RetryAsync)
            .RequireAuthorization(Callers.Runner)
            .Described(
                "retryBatch",
                "Runs again what failed; with announce=true the answer is { announcement, chosen }",
                400,
                404,
                409,
                422
            )
            .Produces<BatchDocument>(202)
            .DisableAntiforgery();
        api.MapPost("/batches/{id}/cancel", CancelAsync)
            .RequireAuthorization(Callers.Runner)
            .Described(
                "cancelBatch",
                "Ends a batch and its tasks at the service; with wait=true the answer says what became of the tasks",
                404,
                409
            )
            .Produces<BatchDocument>(202)
            .DisableAntiforgery();
    }

    /// <summary>What failed, or the part of it that the query names: <c>kind</c>, <c>where</c>, <c>notSuccess</c>.</summary>
    private static Task<IResult> RetryAsync(
        [AsParameters] BatchChange change,
        Intake intake,
        [FromQuery, Description("Only runs that failed by one of these kinds of error, such as timeout")] string[] kind,
        [Description("Only runs for which this expression is true")] string? where = null,
        [Description("Whether completed runs whose results are no success are run again as well")]
            bool notSuccess = false,
        [Description("Whether the answer says what is run again and what stays, in words")] bool announce = false
    )
    {
        if (kind.FirstOrDefault(word => !RunErrorKinds.Words.Contains(word)) is { } unknown)
        {
            return Task.FromResult<IResult>(
                Problems.Of(400, $"kind: \"{unknown}\" is not one of {string.Join(", ", RunErrorKinds.Words)}")
            );
        }

        var request = new RetryRequest(notSuccess, kind, where);
        RetriedDocument? retried = null;
        return change.MakeAsync(
            "retry",
            async batch =>
            {
                change.RefuseFull(batch);
                var selection = request.For(batch);
                if (!selection.IsSuccess)
                {
                    return selection.Problem;
                }

                var chosen = await intake.ChooseAsync(
                    change.Author,
                    selection.Value,
                    change.Batches.Reader.Runs(batch.Number),
                    change.Context.RequestAborted
                );
                retried = new RetriedDocument(
                    request.Announcement(change.Batches.Reader.CountFailures(batch.Number), chosen),
                    chosen.Count
                );
                return announce && chosen.Count == 0
                    ? null
                    : (await change.Fleet.RetryAsync(batch, selection.Value.Among(chosen))).Problem;
            },
            answer: announce
                ? () => TypedResults.Json(retried, BatchJsonContext.Default.RetriedDocument, statusCode: 202)
                : null
        );
    }

    /// <summary>Answers at once, or, with <c>wait</c>, when it is known what became of the batch's tasks.</summary>
    private static Task<IResult> CancelAsync(
        [AsParameters] BatchChange change,
        [Description("Whether to answer when it is known what became of its tasks")] bool wait = false,
        [Description("Whether its tasks at the service are left alone")] bool keepRunning = false
    )
    {
        CancelledDocument? cancelled = null;
        return change.MakeAsync(
            "cancel",
            async batch =>
            {
                if (!wait && BatchCancellation.IsOver(batch, change.Batches.Reader))
                {
                    return new BatchProblem.Over(batch);
                }

                var cancelling = await change.Fleet.Cancellations.BeginAsync(batch, keepRunning, change.Author);
                if (!wait)
                {
                    return null;
                }

                var ended = await cancelling;
                cancelled = ended?.Value is { } known ? CancelledDocument.Of(known) : null;
                return ended is { } result
                    ? result.Problem
                    : throw new BadHttpRequestException("cancelling it failed; the server's log has more", 500);
            },
            detail: keepRunning ? "its tasks are left alone" : null,
            answer: wait
                ? () => TypedResults.Json(cancelled, BatchJsonContext.Default.CancelledDocument, statusCode: 202)
                : null
        );
    }
}
