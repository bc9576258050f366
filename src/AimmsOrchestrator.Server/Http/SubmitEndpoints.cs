using System.Security.Claims;
using AimmsOrchestrator.Batches.Catalog;
using AimmsOrchestrator.Batches.Documents;
using AimmsOrchestrator.Batches.Planning;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Scenarios;
using AimmsOrchestrator.Server.Access;
using AimmsOrchestrator.Server.Errors;
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
    private const int RunsShown = 3;

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
        long? limit = null
    )
    {
        var upload = await Upload.ReadAsync(context.Request, context.RequestAborted);
        var loaded = await intake.LoadAsync(upload, Overrides(set, limit), needsKey: false);
        if (!loaded.IsSuccess)
        {
            return Problems.Of(loaded.Problem);
        }

        // The same seed each time: a plan that is repeated says the same.
#pragma warning disable RS0030 // The one place that hands a plan its chance.
        Func<double> randomizer = new Random(Seed: 1).NextDouble;
#pragma warning restore RS0030
        var overview = await Task.Run(() => PlanOverview.Of(loaded.Value, batches.Workspace, randomizer));
        return TypedResults.Ok(PlanDocument.Of(loaded.Value, overview, RunsShown));
    }

    private static async Task<IResult> SubmitAsync(
        HttpContext context,
        ClaimsPrincipal caller,
        Intake intake,
        AccessControl access,
        BatchAccess batches,
        [FromQuery] string[]? set = null,
        long? limit = null,
        string? priority = null
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
            return Accepted(earlier, batches);
        }

        var loaded = await intake.LoadAsync(upload, Overrides(set, limit), needsKey: true);
        if (!loaded.IsSuccess)
        {
            return Problems.Of(loaded.Problem);
        }

        var run = new ScenarioRun(upload.FileName, Overrides(set, limit))
        {
            IsNew = true,
            Owner = owner,
            Submission = submission,
            Priority = weight,
        };
        var opened = await intake.SubmitAsync(loaded.Value, run);
        if (!opened.IsSuccess)
        {
            return Problems.Of(opened.Problem);
        }

        access.Audit(owner, "submit", opened.Value, priority is null ? null : $"priority={priority}");
        return Accepted(opened.Value, batches);
    }

    private static IResult Accepted(string id, BatchAccess batches)
    {
        var batch = batches.Find(id);
        return TypedResults.Accepted(
            $"/api/batches/{Uri.EscapeDataString(id)}",
            new SubmittedDocument(id, batch?.Scenario, batch?.RunCount, batch?.Owner)
        );
    }

    private static ScenarioOverrides Overrides(string[]? set, long? limit) => new() { Set = set ?? [], Limit = limit };
}

/// <summary>A batch that was submitted.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Scenario">Its scenario's name.</param>
/// <param name="Runs">How many runs; null where they are not counted.</param>
/// <param name="Owner">Who submitted it.</param>
public sealed record SubmittedDocument(string Id, string? Scenario, long? Runs, string? Owner);
