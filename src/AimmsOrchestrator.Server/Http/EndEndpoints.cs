using System.Security.Claims;
using AimmsOrchestrator.Batches.Cancellation;
using AimmsOrchestrator.Batches.Documents;
using AimmsOrchestrator.Batches.Execution;
using AimmsOrchestrator.Batches.Problems;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Server.Access;
using AimmsOrchestrator.Server.Answers;
using AimmsOrchestrator.Server.Fleet;
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
            .WithSummary("Runs again what failed")
            .Produces<BatchDocument>(202)
            .ProducesProblem(404)
            .ProducesProblem(409)
            .ProducesProblem(422)
            .DisableAntiforgery();
        api.MapPost("/batches/{id}/cancel", CancelAsync)
            .RequireAuthorization(Callers.Runner)
            .WithSummary("Ends a batch and its tasks at the service")
            .Produces<BatchDocument>(202)
            .ProducesProblem(404)
            .ProducesProblem(409)
            .DisableAntiforgery();
    }

    /// <summary>What failed, or the part of it that the query names: <c>kind</c>, <c>where</c>, <c>notSuccess</c>.</summary>
    private static Task<IResult> RetryAsync(
        string id,
        ClaimsPrincipal caller,
        BatchAccess batches,
        AccessControl access,
        BatchFleet fleet,
        [FromQuery] string[] kind,
        string? where = null,
        bool notSuccess = false,
        bool announce = false
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
        return ControlEndpoints.ChangeAsync(
            id,
            "retry",
            caller,
            batches,
            access,
            async batch =>
            {
                var selection = request.For(batch);
                if (!selection.IsSuccess)
                {
                    return selection.Problem;
                }

                var chosen = selection.Value.Choose(batches.Reader.Runs(batch.Number), out var failure);
                if (failure is not null)
                {
                    throw new BadHttpRequestException($"where: {where} cannot be evaluated: {failure}");
                }

                retried = new RetriedDocument(
                    request.Announcement(batches.Reader.CountFailures(batch.Number), chosen),
                    chosen.Count
                );
                return announce && chosen.Count == 0 ? null : (await fleet.RetryAsync(batch, selection.Value)).Problem;
            },
            answer: announce
                ? () => TypedResults.Json(retried, BatchJsonContext.Default.RetriedDocument, statusCode: 202)
                : null
        );
    }

    /// <summary>Answers at once, or, with <c>wait</c>, when it is known what became of the batch's tasks.</summary>
    private static Task<IResult> CancelAsync(
        string id,
        ClaimsPrincipal caller,
        BatchAccess batches,
        AccessControl access,
        BatchFleet fleet,
        bool wait = false,
        bool keepRunning = false
    )
    {
        CancelledDocument? cancelled = null;
        return ControlEndpoints.ChangeAsync(
            id,
            "cancel",
            caller,
            batches,
            access,
            async batch =>
            {
                if (batch.IsFinished && !wait)
                {
                    return new BatchProblem.Over(batch);
                }

                var cancelling = fleet.CancelAsync(batch, keepRunning);
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
