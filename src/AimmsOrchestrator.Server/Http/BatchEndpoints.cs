using System.Globalization;
using System.Security.Claims;
using System.Text.Json;
using AimmsOrchestrator.Batches.Catalog;
using AimmsOrchestrator.Batches.Completion;
using AimmsOrchestrator.Batches.Documents;
using AimmsOrchestrator.Batches.Status;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Reports.Tables;
using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Server.Access;
using AimmsOrchestrator.Server.Errors;
using AimmsOrchestrator.Server.Fleet;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AimmsOrchestrator.Server.Http;

/// <summary>What callers read of batches.</summary>
internal static class BatchEndpoints
{
    private const int MostListed = 1000;
    private const int MostRuns = 10_000;
    private const int DefaultRuns = 1000;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/batches", List)
            .RequireAuthorization(Callers.Viewer)
            .WithSummary("The batches, the latest first")
            .Produces<IReadOnlyList<BatchDocument>>();
        api.MapGet("/batches/{id}", One)
            .RequireAuthorization(Callers.Viewer)
            .WithSummary("Where a batch stands")
            .Produces<BatchDocument>()
            .ProducesProblem(404);
        api.MapGet("/batches/{id}/runs", RunsAsync)
            .RequireAuthorization(Callers.Viewer)
            .WithSummary("The runs of a batch that have begun, by index, page by page")
            .ProducesProblem(404);
        api.MapGet("/batches/{id}/report", ReportAsync)
            .RequireAuthorization(Callers.Viewer)
            .WithSummary("The report in a format: html, csv, jsonl, xlsx, parquet or md")
            .ProducesProblem(404);
        api.MapGet("/batches/{id}/runs/{index:long}/response", ResponseAsync)
            .RequireAuthorization(Callers.Viewer)
            .WithSummary("The response of a run, as it came")
            .ProducesProblem(404);
    }

    /// <summary>The sizes of responses are left out: they are the command line's business.</summary>
    private static IResult List(BatchAccess batches, string? state = null, string? scenario = null, int? limit = null)
    {
        if (state is not null && !Enum.GetValues<BatchState>().Any(known => known.Word() == state))
        {
            return Problems.Of(
                400,
                $"state: \"{state}\" is not one of {string.Join(", ", Enum.GetValues<BatchState>().Select(known => known.Word()))}"
            );
        }

        IReadOnlyList<BatchDocument> listed =
        [
            .. batches
                .Reader.Batches()
                .Where(batch => scenario is null || batch.Scenario == scenario)
                .Select(batch => (Batch: batch, Status: batches.StatusOf(batch)))
                .Where(found => state is null || found.Status.State.Word() == state)
                .Take(Math.Clamp(limit ?? MostListed, 1, MostListed))
                .Select(found => BatchDocument.Of(found.Status)),
        ];
        return TypedResults.Json(listed, BatchJsonContext.Default.IReadOnlyListBatchDocument);
    }

    private static IResult One(string id, BatchAccess batches) =>
        batches.Find(id) is { } batch
            ? TypedResults.Json(batches.DocumentOf(batch), BatchJsonContext.Default.BatchDocument)
            : BatchAccess.Missing(id);

    private static async Task<IResult> RunsAsync(
        string id,
        BatchAccess batches,
        HttpContext context,
        long? after = null,
        int? limit = null,
        string? state = null
    )
    {
        if (batches.Find(id) is not { } batch)
        {
            return BatchAccess.Missing(id);
        }

        if (state is not null && RunStates.All.All(known => known.Word() != state))
        {
            return Problems.Of(
                400,
                $"state: \"{state}\" is not one of {string.Join(", ", RunStates.All.Select(known => known.Word()))}{DidYouMean.Hint(state, RunStates.All.Select(known => known.Word()))}"
            );
        }

        var most = Math.Clamp(limit ?? DefaultRuns, 1, MostRuns);
        var runs = batches
            .Reader.RunsAfter(batch.Number, after ?? -1)
            .Where(run => state is null || run.State.Word() == state);
        context.Response.ContentType = "application/json; charset=utf-8";
        await using var writer = new Utf8JsonWriter(context.Response.Body);
        writer.WriteStartObject();
        writer.WriteStartArray("runs");
        var (count, last, hasMore) = (0, -1L, false);
        foreach (var run in runs)
        {
            hasMore = count == most;
            if (hasMore)
            {
                break;
            }

            JsonLinesReport.WriteRun(writer, run);
            (count, last) = (count + 1, run.Index);
            if (writer.BytesPending > 1 << 16)
            {
                await writer.FlushAsync(context.RequestAborted);
            }
        }

        writer.WriteEndArray();
        if (hasMore)
        {
            writer.WriteNumber("next", last);
        }
        else
        {
            writer.WriteNull("next");
        }

        writer.WriteEndObject();
        return Results.Empty;
    }

    private static async Task<IResult> ReportAsync(
        string id,
        BatchAccess batches,
        HttpContext context,
        string? format = null
    )
    {
        if (batches.Find(id) is not { } batch)
        {
            return BatchAccess.Missing(id);
        }

        var names = ReportFormat.All.Select(known => known.Name);
        if (ReportFormat.All.FirstOrDefault(known => known.Name == (format ?? "html")) is not { } chosen)
        {
            var near = ReportFormat.Nearest(format!) is { } nearest ? $"; did you mean {nearest.Name}?" : "";
            return Problems.Of(400, $"format: \"{format}\" is not one of {string.Join(", ", names)}{near}");
        }

        var source = new ReportSource(batches.Reader, batch, _ => { });
        var response = context.Response;
        response.ContentType = TypeOf(chosen);
        response.Headers.XContentTypeOptions = "nosniff";
        if (chosen.Name == "html")
        {
            // Whatever stands in the page, it is no page of this server's own.
            response.Headers.ContentSecurityPolicy = "sandbox allow-scripts allow-downloads allow-popups";
        }
        else
        {
            response.Headers.ContentDisposition = $"attachment; filename=\"{batch.Id.Value}.{chosen.Name}\"";
        }

        await WriteAsync(chosen, source, response.Body, context.RequestAborted);
        return Results.Empty;
    }

    private static async Task<IResult> ResponseAsync(string id, long index, BatchAccess batches, HttpContext context)
    {
        if (batches.Find(id) is not { } batch)
        {
            return BatchAccess.Missing(id);
        }

        var run = batches.Reader.RunsAfter(batch.Number, index - 1).FirstOrDefault();
        if (run?.Index != index)
        {
            return Problems.Of(404, $"{id} has no run {index.ToString(CultureInfo.InvariantCulture)} that has begun");
        }

        if (run.Notes?.Contains(RunResults.KeyInResponse, StringComparison.Ordinal) is true)
        {
            return Problems.Of(409, "the response holds the key of the service, which stays on the server");
        }

        using var copy = new MemoryStream();
        if (!batches.Reader.CopyResponse(batch.Number, index, copy))
        {
            return Problems.Of(404, $"run {index} of {id} is {run.State.Word()}, and there is no response of it");
        }

        context.Response.ContentType = "application/octet-stream";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.ContentDisposition = "attachment";
        await context.Response.Body.WriteAsync(copy.GetBuffer().AsMemory(0, (int)copy.Length), context.RequestAborted);
        return Results.Empty;
    }

    /// <summary>Straight to the caller where a format is text, by way of a file that it can seek in otherwise.</summary>
    private static async Task WriteAsync(
        ReportFormat format,
        IReportSource source,
        Stream output,
        CancellationToken cancellation
    )
    {
        var file = new FileStream(
            Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()),
            new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.ReadWrite,
                Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
            }
        );
        await using (file)
        {
            // The writers of text are synchronous, which a connection is not.
            await Task.Run(() => format.WriteAsync(source, file, cancellation), cancellation);
            file.Position = 0;
            await file.CopyToAsync(output, cancellation);
        }
    }

    private static string TypeOf(ReportFormat format) =>
        format.Name switch
        {
            "html" => "text/html; charset=utf-8",
            "csv" => "text/csv; charset=utf-8",
            "jsonl" => "application/jsonl; charset=utf-8",
            "md" => "text/markdown; charset=utf-8",
            "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            _ => "application/vnd.apache.parquet",
        };
}
