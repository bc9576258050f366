using System.ComponentModel;
using System.Text.Json;
using AimmsOrchestrator.Batches.Catalog;
using AimmsOrchestrator.Batches.Completion;
using AimmsOrchestrator.Batches.Documents;
using AimmsOrchestrator.Batches.Views;
using AimmsOrchestrator.Domain.Expectations;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Reports.Tables;
using AimmsOrchestrator.Server.Access;
using AimmsOrchestrator.Server.Answers;
using AimmsOrchestrator.Server.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AimmsOrchestrator.Server.Http;

/// <summary>What the command line shows of batches, as values: it draws them as it draws those of a workspace.</summary>
internal static class ViewEndpoints
{
    private const int MostRows = 1000;

    public static void Map(IEndpointRouteBuilder api)
    {
        Get(api, "/find", Find, "findBatch", "The batch of an id or of a scenario's name; the latest if none is given")
            .Produces<BatchDocument>();
        Get(api, "/batches/{id}/status", Status, "getStatus", "Where a batch stands, for people")
            .Produces<StatusContents>();
        Get(api, "/batches/{id}/summary", Summary, "getSummary", "How a batch went that was left, for people")
            .Produces<SummaryContents>();
        Get(api, "/batches/{id}/expectations", Expectations, "getExpectations", "What its expectations come to")
            .Produces<IReadOnlyList<ExpectationResult>>();
        Get(api, "/reports", ReportAsync, "getReports", "The report of one batch, or of several side by side")
            .SendsFile("text/html", BatchEndpoints.FileTypes)
            .Produces<ReportTable>(200, "application/json");
        Get(api, "/diff", DiffEndpoint.AnswerAsync, "compareBatches", "Two batches, run by run")
            .Produces<DifferenceContents>(200, "application/json", "text/csv", "application/jsonl", "text/html");
    }

    private static RouteHandlerBuilder Get(
        IEndpointRouteBuilder api,
        string path,
        Delegate answer,
        string name,
        string summary
    ) => api.MapGet(path, answer).RequireAuthorization(Callers.Viewer).Described(name, summary, 400, 404, 409);

    private static IResult Find(
        BatchAccess batches,
        [Description("A batch's id or a scenario's name")] string? batch = null,
        [Description("Whether one that is driven is preferred")] bool running = false
    )
    {
        if (batch is null && running && BatchLookup.FindRunning(batches.Reader, batches.Workspace) is { } driven)
        {
            return Document(driven);
        }

        var found = BatchLookup.Find(batches.Reader, batch);
        return found.IsSuccess ? Document(found.Value) : Problems.Of(found.Problem);

        IResult Document(BatchRecord record) =>
            TypedResults.Json(BatchDocument.Of(batches.StatusOf(record)), BatchJsonContext.Default.BatchDocument);
    }

    private static IResult Status(string id, BatchAccess batches, TimeProvider time) =>
        batches.Find(id) is { } batch
            ? TypedResults.Json(
                StatusContents.Of(batches.StatusOf(batch), batches.Reader, time.GetUtcNow(), forPeople: true),
                ViewJsonContext.Default.StatusContents
            )
            : BatchAccess.Missing(id);

    private static IResult Summary(
        string id,
        BatchAccess batches,
        [Description("Whether its table and its sentences are left out")] bool json = false
    ) =>
        batches.Find(id) is { } batch
            ? TypedResults.Json(
                SummaryContents.OfLeft(batch, batches.Workspace, batches.Reader, json),
                ViewJsonContext.Default.SummaryContents
            )
            : BatchAccess.Missing(id);

    private static IResult Expectations(string id, BatchAccess batches)
    {
        if (batches.Find(id) is not { } batch)
        {
            return BatchAccess.Missing(id);
        }

        var check = ExpectationCheck.Of(batch, batches.Reader);
        return check.IsSuccess
            ? TypedResults.Json(check.Value.Results, ViewJsonContext.Default.IReadOnlyListExpectationResult)
            : Problems.Of(check.Problem);
    }

    private static async Task<IResult> ReportAsync(
        [Description("The ids of the batches")] string[] batch,
        BatchAccess batches,
        HttpContext context,
        [Description("html (if left out), csv, jsonl, md, xlsx, parquet, or table as JSON")] string? format = null
    )
    {
        if (batch.FirstOrDefault(id => batches.Find(id) is null) is { } missing)
        {
            return BatchAccess.Missing(missing);
        }

        if (batch.Length == 0 || batch.Distinct(StringComparer.Ordinal).Count() < batch.Length)
        {
            return Problems.Of(400, "batch: name each batch once, and at least one");
        }

        var warnings = new List<string>();
        List<BatchRecord> records = [.. batch.Select(id => batches.Find(id)!)];
        IReportSource source = records is [var one]
            ? new ReportSource(batches.Reader, one, warnings.Add)
            : new CombinedReportSource(batches.Reader, records, Tolerance.Default, warnings.Add);
        if (format == "table")
        {
            var table = ReportTable.Of(source.Columns, source.Runs(), MostRows);
            Warn(context.Response, warnings);
            return TypedResults.Json(table, ViewJsonContext.Default.ReportTable);
        }

        if (BatchEndpoints.FormatOf(format) is not { } chosen)
        {
            return BatchEndpoints.UnknownFormat(format!);
        }

        await StagedFile.SendAsync(
            output => chosen.WriteAsync(source, output, context.RequestAborted),
            () =>
            {
                BatchEndpoints.Head(context.Response, chosen, string.Join("+", batch));
                Warn(context.Response, warnings);
            },
            context
        );
        return Results.Empty;
    }

    /// <summary>What a report must do without, as a JSON list of sentences.</summary>
    private const string Warnings = "Aimms-Batch-Warnings";

    /// <summary>JSON escapes what a header cannot hold.</summary>
    internal static void Warn(HttpResponse response, IReadOnlyList<string> warnings)
    {
        if (warnings.Count > 0)
        {
            response.Headers[Warnings] = JsonSerializer.Serialize(
                warnings,
                ViewJsonContext.Default.IReadOnlyListString
            );
        }
    }
}
