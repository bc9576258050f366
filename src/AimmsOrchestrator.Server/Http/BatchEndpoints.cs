using System.ComponentModel;
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
using AimmsOrchestrator.Server.Answers;
using AimmsOrchestrator.Server.Fleet;
using AimmsOrchestrator.Server.OpenApi;
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
            .Described("listBatches", "The batches, the latest first", 400, 404)
            .Produces<IReadOnlyList<BatchDocument>>();
        api.MapGet("/batches/{id}", One)
            .RequireAuthorization(Callers.Viewer)
            .Described("getBatch", "Where a batch stands", 404)
            .Produces<BatchDocument>();
        api.MapGet("/batches/{id}/runs", RunsAsync)
            .RequireAuthorization(Callers.Viewer)
            .Described("listRuns", "The runs of a batch that have begun, by index, page by page", 400, 404)
            .Produces<RunPageDocument>();
        api.MapGet("/batches/{id}/report", ReportAsync)
            .RequireAuthorization(Callers.Viewer)
            .Described("getReport", "The report of a batch, as far as its runs have ended", 400, 404)
            .SendsFile("text/html", FileTypes);
    }

    /// <summary>How much room they take is found out where that is wanted: it takes its time in a large workspace.</summary>
    private static IResult List(
        BatchAccess batches,
        [Description("Only those in this state, such as running, finished or left")] string? state = null,
        [Description("Only those of the scenario of this name")] string? scenario = null,
        [Description("How many at most: 1000 if left out, which is the most")] int? limit = null,
        [Description("Only those that are older than the batch of this id")] string? before = null,
        [Description("Whether to say how much room each takes, which takes its time")] bool sizes = false
    )
    {
        if (state is not null && !Enum.GetValues<BatchState>().Any(known => known.Word() == state))
        {
            return Problems.Of(
                400,
                $"state: \"{state}\" is not one of {string.Join(", ", Enum.GetValues<BatchState>().Select(known => known.Word()))}"
            );
        }

        var older = before is null ? null : batches.Find(before);
        if (before is not null && older is null)
        {
            return BatchAccess.Missing(before);
        }

        var stored = sizes ? batches.Reader.Sizes() : null;
        IReadOnlyList<BatchDocument> listed =
        [
            .. batches
                .Reader.Batches()
                .Where(batch => older is null || batch.Number < older.Number)
                .Where(batch => scenario is null || batch.Scenario == scenario)
                .Select(batches.StatusOf)
                .Where(status => state is null || status.State.Word() == state)
                .Take(Math.Clamp(limit ?? MostListed, 1, MostListed))
                .Select(status => BatchDocument.Of(status with { Size = SizeOf(status.Batch) })),
        ];
        return TypedResults.Json(listed, BatchJsonContext.Default.IReadOnlyListBatchDocument);

        StoredSize? SizeOf(BatchRecord batch) => stored?.GetValueOrDefault(batch.Number, StoredSize.None);
    }

    private static IResult One(string id, BatchAccess batches) =>
        batches.Find(id) is { } batch
            ? TypedResults.Json(batches.DocumentOf(batch), BatchJsonContext.Default.BatchDocument)
            : BatchAccess.Missing(id);

    private static async Task<IResult> RunsAsync(
        string id,
        BatchAccess batches,
        HttpContext context,
        [Description("Only those with a greater index: the `next` of the page before")] long? after = null,
        [Description("How many at most: 1000 if left out, 10,000 at most")] int? limit = null,
        [Description("Only those in this state, such as completed or failed")] string? state = null
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
        [Description("html (if left out), csv, jsonl, md, xlsx or parquet")] string? format = null
    )
    {
        if (batches.Find(id) is not { } batch)
        {
            return BatchAccess.Missing(id);
        }

        if (FormatOf(format) is not { } chosen)
        {
            return UnknownFormat(format!);
        }

        var source = new ReportSource(batches.Reader, batch, _ => { });
        await StagedFile.SendAsync(
            output => chosen.WriteAsync(source, output, context.RequestAborted),
            () => Head(context.Response, chosen, batch.Id.Value),
            context
        );
        return Results.Empty;
    }

    /// <summary>The types of reports that are no page.</summary>
    internal static string[] FileTypes { get; } =
    [.. ReportFormat.All.Where(format => format != ReportFormat.Page).Select(format => TypeOf(format).Split(';')[0])];

    /// <summary>A report's format, the page where none is named; null where there is none of that name.</summary>
    internal static ReportFormat? FormatOf(string? name) =>
        ReportFormat.All.FirstOrDefault(known => known.Name == (name ?? ReportFormat.Page.Name));

    internal static IResult UnknownFormat(string name)
    {
        var near = ReportFormat.Nearest(name) is { } nearest ? $"; did you mean {nearest.Name}?" : "";
        return Problems.Of(
            400,
            $"format: \"{name}\" is not one of {string.Join(", ", ReportFormat.All.Select(known => known.Name))}{near}"
        );
    }

    /// <summary>The headers of a report.</summary>
    internal static void Head(HttpResponse response, ReportFormat format, string name)
    {
        response.ContentType = TypeOf(format);
        response.Headers.XContentTypeOptions = "nosniff";
        if (format.Name == "html")
        {
            // Whatever stands in the page, it is no page of this server's own.
            response.Headers.ContentSecurityPolicy = "sandbox allow-scripts allow-downloads allow-popups";
        }
        else
        {
            response.Headers.ContentDisposition = $"attachment; filename=\"{name}.{format.Name}\"";
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
