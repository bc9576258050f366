using System.ComponentModel;
using System.Globalization;
using AimmsOrchestrator.Batches.Catalog;
using AimmsOrchestrator.Batches.Views;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Server.Access;
using AimmsOrchestrator.Server.Answers;
using AimmsOrchestrator.Server.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AimmsOrchestrator.Server.Http;

/// <summary>The responses of runs, as they came.</summary>
internal static class ResponseEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/batches/{id}/runs/{index:long}/response", OneAsync)
            .RequireAuthorization(Callers.Viewer)
            .Described("getResponse", "The response of a run, as it came", 404, 409)
            .SendsFile("application/octet-stream");
        api.MapGet("/batches/{id}/response", NamedAsync)
            .RequireAuthorization(Callers.Viewer)
            .Described("findResponse", "The response of the run of an index or a name, as it came", 400, 404, 409)
            .SendsFile("application/octet-stream");
        api.MapGet("/batches/{id}/responses", All)
            .RequireAuthorization(Callers.Viewer)
            .Described("listResponses", "Which runs of a batch have a response", 404)
            .Produces<IReadOnlyList<ResponseContents>>();
    }

    private static async Task<IResult> OneAsync(string id, long index, BatchAccess batches, HttpContext context)
    {
        if (batches.Find(id) is not { } batch)
        {
            return BatchAccess.Missing(id);
        }

        var run = batches.Reader.RunsAfter(batch.Number, index - 1).FirstOrDefault();
        return run?.Index == index
            ? await SendAsync(batch, run, batches, context)
            : Problems.Of(404, $"{id} has no run {index.ToString(CultureInfo.InvariantCulture)} that has begun");
    }

    private static async Task<IResult> NamedAsync(
        string id,
        [Description("The run's index or name")] string run,
        BatchAccess batches,
        HttpContext context
    )
    {
        if (batches.Find(id) is not { } batch)
        {
            return BatchAccess.Missing(id);
        }

        var found = RunLookup.Find(batches.Reader, batch, run);
        return found.IsSuccess ? await SendAsync(batch, found.Value, batches, context) : Problems.Of(found.Problem);
    }

    private static async Task<IResult> SendAsync(
        BatchRecord batch,
        RunRecord run,
        BatchAccess batches,
        HttpContext context
    )
    {
        if (ResponseLookup.HoldsKey(run))
        {
            return Problems.Of(409, "the response holds the key of the service, which stays on the server");
        }

        using var copy = new MemoryStream();
        if (!batches.Reader.CopyResponse(batch.Number, run.Index, copy))
        {
            return Problems.Of(404, ResponseLookup.WhyMissing(batches.Reader, batch, run, run.Name));
        }

        context.Response.ContentType = "application/octet-stream";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.ContentDisposition = "attachment";
        await context.Response.Body.WriteAsync(copy.GetBuffer().AsMemory(0, (int)copy.Length), context.RequestAborted);
        return Results.Empty;
    }

    private static IResult All(string id, BatchAccess batches)
    {
        if (batches.Find(id) is not { } batch)
        {
            return BatchAccess.Missing(id);
        }

        var holding = batches
            .Reader.Runs(batch.Number)
            .Where(ResponseLookup.HoldsKey)
            .Select(run => run.Index)
            .ToHashSet();
        IReadOnlyList<ResponseContents> all =
        [
            .. batches
                .Reader.Responses(batch.Number)
                .Select(response => new ResponseContents(response, holding.Contains(response.Run))),
        ];
        return TypedResults.Json(all, ViewJsonContext.Default.IReadOnlyListResponseContents);
    }
}
