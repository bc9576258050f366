using System.Security.Claims;
using AimmsOrchestrator.Batches.Catalog;
using AimmsOrchestrator.Batches.Documents;
using AimmsOrchestrator.Batches.Planning;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Scenarios;
using AimmsOrchestrator.Server.Access;
using AimmsOrchestrator.Server.Answers;
using AimmsOrchestrator.Server.Fleet;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace AimmsOrchestrator.Server.Http;

/// <summary>What callers submit.</summary>
internal static class SubmitEndpoints
{
    private const int LongestKey = 255;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/plan", PlanAsync)
            .RequireAuthorization(Callers.Viewer)
            .WithSummary("What a scenario would run; nothing is sent")
            .Produces<PlanDocument>()
            .ProducesProblem(422)
            .DisableAntiforgery();
        api.MapPost("/batches", SubmitAsync)
            .RequireAuthorization(Callers.Runner)
            .WithSummary("Submits a scenario as a new batch")
            .Produces<SubmittedDocument>(202)
            .ProducesProblem(422)
            .DisableAntiforgery();
    }

    private static async Task<IResult> PlanAsync(
        HttpContext context,
        Intake intake,
        BatchAccess batches,
        [FromQuery] string[]? set = null,
        long? limit = null,
        string? format = null,
        bool requests = false
    )
    {
        if (format is not (null or "json" or "jsonl"))
        {
            return Problems.Of(400, $"format: \"{format}\" is neither json nor jsonl");
        }

        var upload = await Upload.ReadAsync(context.Request, context.RequestAborted);
        var loaded = await intake.LoadAsync(upload, Overrides(set, limit), needsKey: false);
        if (!loaded.IsSuccess)
        {
            return Problems.Of(loaded.Problem);
        }

        if (format == "jsonl")
        {
            await StagedFile.SendAsync(
                output =>
                {
                    using var answers = PlanOverview.OpenResults(loaded.Value, batches.Workspace);
                    PlanLines.Write(output, loaded.Value.Plan, requests, answers);
                    return Task.CompletedTask;
                },
                () => context.Response.ContentType = "application/jsonl; charset=utf-8",
                context
            );
            return Results.Empty;
        }

        // The same seed each time: a plan that is repeated says the same.
#pragma warning disable RS0030 // The one place that hands a plan its chance.
        Func<double> randomizer = new Random(Seed: 1).NextDouble;
#pragma warning restore RS0030
        var overview = await Task.Run(() => PlanOverview.Of(loaded.Value, batches.Workspace, randomizer));
        return TypedResults.Json(PlanDocument.Of(loaded.Value, overview), BatchJsonContext.Default.PlanDocument);
    }

    private static async Task<IResult> SubmitAsync(
        HttpContext context,
        ClaimsPrincipal caller,
        Intake intake,
        AccessControl access,
        BatchAccess batches,
        [FromQuery] string[]? set = null,
        long? limit = null,
        string? priority = null,
        [FromQuery(Name = "continue")] bool mayContinue = false,
        bool fresh = false,
        bool status = false
    )
    {
        var weight = priority is null ? null : Priorities.Parse(priority);
        if (priority is not null && weight is null)
        {
            return Problems.Of(400, $"priority: \"{priority}\" is not one of {string.Join(", ", Priorities.Words)}");
        }

        var upload = await Upload.ReadAsync(context.Request, context.RequestAborted);
        var key = context.Request.Headers["Idempotency-Key"].ToString();
        if (key.Length > LongestKey)
        {
            return Problems.Of(400, $"the Idempotency-Key is longer than {LongestKey} letters");
        }

        var submission =
            key.Length == 0 ? null : new Submission(key, upload.DigestWith(context.Request.QueryString.ToString()));
        var owner = caller.Author();
        if (intake.Earlier(owner, submission) is { } earlier)
        {
            return Accepted(new SubmittedDocument(earlier, null, null, null), batches);
        }

        var loaded = await intake.LoadAsync(upload, Overrides(set, limit), needsKey: true);
        if (!loaded.IsSuccess)
        {
            return Problems.Of(loaded.Problem);
        }

        var run = new ScenarioRun(upload.FileName, Overrides(set, limit))
        {
            IsNew = !mayContinue || fresh,
            IsFresh = fresh,
            Owner = owner,
            Submission = submission,
            Priority = weight,
        };
        // Before it begins: what it finds then is its own.
        var found = status && !fresh ? await Task.Run(() => StatusOf(loaded.Value, batches)) : null;
        var opened = await intake.SubmitAsync(loaded.Value, run);
        if (!opened.IsSuccess)
        {
            return Problems.Of(opened.Problem);
        }

        access.Audit(owner, "submit", opened.Value.Batch, priority is null ? null : $"priority={priority}");
        return Accepted(Submitted(opened.Value, loaded.Value, found), batches);
    }

    /// <summary>How much of a scenario earlier batches have.</summary>
    private static PlanStatusDocument? StatusOf(Scenario scenario, BatchAccess batches)
    {
        if (!batches.Reader.HasResults())
        {
            return null;
        }

        using var results = PlanOverview.OpenResults(scenario, batches.Workspace);
        return PlanStatusDocument.Of(PlanStatus.Of(scenario.Plan, results));
    }

    private static SubmittedDocument Submitted(Submitted submitted, Scenario scenario, PlanStatusDocument? found) =>
        new(submitted.Batch, null, null, null)
        {
            IsContinued = submitted.IsContinued,
            Status = found,
            Warnings =
                scenario.Warnings.Count == 0
                    ? null
                    : [.. scenario.Warnings.Select(w => new DiagnosticDocument(w.File, w.Line, w.Column, w.Message))],
        };

    private static IResult Accepted(SubmittedDocument submitted, BatchAccess batches)
    {
        var batch = batches.Find(submitted.Id);
        return TypedResults.Accepted(
            $"/api/batches/{Uri.EscapeDataString(submitted.Id)}",
            submitted with
            {
                Scenario = batch?.Scenario,
                Runs = batch?.RunCount,
                Owner = batch?.Owner,
            }
        );
    }

    private static ScenarioOverrides Overrides(string[]? set, long? limit) => new() { Set = set ?? [], Limit = limit };
}
