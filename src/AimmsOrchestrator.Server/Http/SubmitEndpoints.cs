using System.ComponentModel;
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
using AimmsOrchestrator.Server.OpenApi;
using AimmsOrchestrator.Server.Schedules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace AimmsOrchestrator.Server.Http;

/// <summary>What callers submit.</summary>
internal static class SubmitEndpoints
{
    private const int LongestKey = 255;
    private const int TimesShown = 5;
    private const string SetMeaning = "Other values of a parameter, written as in YAML, such as freight=[90, 110]";
    private const string LimitMeaning = "The first runs alone: how many";

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/plan", PlanAsync)
            .RequireAuthorization(Callers.Viewer)
            .Described("planScenario", "What a scenario would run; nothing is sent", 400, 408, 413, 415, 422)
            .TakesScenario()
            .Produces<PlanDocument>(200, "application/json", "application/jsonl")
            .DisableAntiforgery();
        api.MapPost("/batches", SubmitAsync)
            .RequireAuthorization(Callers.Runner)
            .Described(
                "submitBatch",
                "Submits a scenario as a new batch, or as a schedule where it has one",
                400,
                408,
                409,
                413,
                415,
                422
            )
            .TakesScenario()
            .Produces<SubmissionDocument>(202)
            .DisableAntiforgery();
    }

    private static async Task<IResult> PlanAsync(
        HttpContext context,
        ClaimsPrincipal caller,
        Intake intake,
        BatchAccess batches,
        TimeProvider time,
        [AsParameters] PlanQuery query
    )
    {
        if (query.Format is not (null or "json" or "jsonl"))
        {
            return Problems.Of(400, $"format: \"{query.Format}\" is neither json nor jsonl");
        }

        var upload = await Upload.ReadAsync(context.Request, context.RequestAborted);
        using var reading = await intake.BeginReadingAsync(caller.Author(), context.RequestAborted);
        var loaded = await intake.LoadAsync(upload, query.Overrides, needsKey: false, reading);
        if (!loaded.IsSuccess)
        {
            return Problems.Of(loaded.Problem);
        }

        try
        {
            return await PlanOfAsync(context, batches, loaded.Value, query, time.GetUtcNow());
        }
        catch (OperationCanceledException) when (reading.Token.IsCancellationRequested)
        {
            return Problems.Of(intake.TooLong(upload));
        }
    }

    private static async Task<IResult> PlanOfAsync(
        HttpContext context,
        BatchAccess batches,
        Scenario scenario,
        PlanQuery query,
        DateTimeOffset now
    )
    {
        if (query.Format == "jsonl")
        {
            await StagedFile.SendAsync(
                output =>
                {
                    using var answers = PlanOverview.OpenResults(scenario, batches.Workspace);
                    PlanLines.Write(output, scenario.Plan, query.Requests, answers);
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
        var overview = await Task.Run(
            () => PlanOverview.Of(scenario, batches.Workspace, randomizer),
            CancellationToken.None
        );
        return TypedResults.Json(
            PlanDocument.Of(scenario, overview) with
            {
                Next = scenario.Schedule?.Upcoming(now, TimesShown),
            },
            BatchJsonContext.Default.PlanDocument
        );
    }

    private static async Task<IResult> SubmitAsync(
        HttpContext context,
        Intake intake,
        AccessControl access,
        BatchAccess batches,
        ScheduleBook schedules,
        [AsParameters] SubmitQuery query
    )
    {
        if (query is { Priority: { } priority, Weight: null })
        {
            return Problems.Of(400, $"priority: \"{priority}\" is not one of {string.Join(", ", Priorities.Words)}");
        }

        var upload = await Upload.ReadAsync(context.Request, context.RequestAborted);
        var submission = SubmissionOf(query.Key ?? "", context.Request, upload);
        var owner = context.User.Author();
        if (intake.Earlier(owner, submission) is { } earlier)
        {
            return Accepted(new SubmittedDocument(earlier, null, null, null), batches);
        }

        using var reading = await intake.BeginReadingAsync(owner, context.RequestAborted);
        var loaded = await intake.LoadAsync(upload, query.Overrides, needsKey: true, reading);
        if (!loaded.IsSuccess)
        {
            return Problems.Of(loaded.Problem);
        }

        if (loaded.Value.Schedule is not null && !query.Now)
        {
            var (schedule, isReplaced) = schedules.Put(loaded.Value, upload, query.Overrides, owner, query.Weight);
            access.Audit(owner, "schedule", batch: null, $"{schedule.Number}: {schedule.Scenario}: {schedule.Cron}");
            var document = schedules.DocumentOf(schedule) with { Replaced = isReplaced };
            return TypedResults.Accepted(
                $"/api/schedules/{schedule.Number}",
                new ScheduledDocument(Id: null, schedule.Scenario, loaded.Value.Plan.Runs.Count, owner, document)
            );
        }

        var run = new ScenarioRun(upload.FileName, query.Overrides)
        {
            IsNew = !query.MayContinue || query.Fresh,
            IsFresh = query.Fresh,
            Owner = owner,
            Submission = submission,
            Priority = query.Weight,
        };
        // Before it begins: what it finds then is its own.
        var found = query.Status && !query.Fresh ? await Task.Run(() => StatusOf(loaded.Value, batches)) : null;
        var opened = await intake.SubmitAsync(loaded.Value, run);
        if (!opened.IsSuccess)
        {
            return Problems.Of(opened.Problem);
        }

        // The same submission that came twice at once is one.
        if (!opened.Value.IsEarlier)
        {
            var detail = query.Priority is null ? null : $"priority={query.Priority}";
            access.Audit(owner, "submit", opened.Value.Batch, detail);
        }

        return Accepted(Submitted(opened.Value, loaded.Value, found), batches);
    }

    /// <summary>The caller's own name for the submission; null where it has none.</summary>
    /// <exception cref="BadHttpRequestException">It is too long.</exception>
    private static Submission? SubmissionOf(string key, HttpRequest request, Upload upload)
    {
        return key.Length > LongestKey
                ? throw new BadHttpRequestException($"the Idempotency-Key is longer than {LongestKey} letters")
            : key.Length == 0 ? null
            : new Submission(key, upload.DigestWith(request.QueryString.ToString()));
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
            UnkeptSchedule = scenario.Schedule?.Cron,
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

    private static ScenarioOverrides OverridesOf(string[]? set, long? limit) =>
        new() { Set = set ?? [], Limit = limit };

    /// <summary>What a plan is asked for.</summary>
    private sealed record PlanQuery(
        [FromQuery(Name = "set")] [property: Description(SetMeaning)] string[]? Set = null,
        [FromQuery(Name = "limit")] [property: Description(LimitMeaning)] long? Limit = null,
        [FromQuery(Name = "format")]
        [property: Description("json (if left out), or jsonl: every run on a line of its own")]
            string? Format = null,
        [FromQuery(Name = "requests")]
        [property: Description("Whether the lines have what would be sent")]
            bool Requests = false
    )
    {
        public ScenarioOverrides Overrides => OverridesOf(Set, Limit);
    }

    /// <summary>What a submission asks for beside its scenario.</summary>
    private sealed record SubmitQuery(
        [FromHeader(Name = "Idempotency-Key")]
        [property: Description("The same key and body gives the same batch")]
            string? Key = null,
        [FromQuery(Name = "set")] [property: Description(SetMeaning)] string[]? Set = null,
        [FromQuery(Name = "limit")] [property: Description(LimitMeaning)] long? Limit = null,
        [FromQuery(Name = "priority")]
        [property: Description("high, normal (if left out) or low: how its share of slots weighs")]
            string? Priority = null,
        [FromQuery(Name = "continue")]
        [property: Description("Whether an unfinished batch of the same scenario goes on instead")]
            bool MayContinue = false,
        [FromQuery(Name = "fresh")]
        [property: Description("Whether no earlier answer is used again")]
            bool Fresh = false,
        [FromQuery(Name = "status")]
        [property: Description("Whether the answer says what earlier batches have of it")]
            bool Status = false,
        [FromQuery(Name = "now")]
        [property: Description("Whether a scenario with a schedule begins a batch at once, and keeps no schedule")]
            bool Now = false
    )
    {
        public ScenarioOverrides Overrides => OverridesOf(Set, Limit);

        /// <summary>Null for none, and where the priority is not a word for one.</summary>
        public Priority? Weight => Priority is null ? null : Priorities.Parse(Priority);
    }
}

/// <summary>A schedule that was submitted.</summary>
/// <param name="Id">Null: no batch has begun.</param>
/// <param name="Scenario">Its scenario's name.</param>
/// <param name="Runs">How many runs each batch has; null where they are not counted.</param>
/// <param name="Owner">Who submitted it.</param>
/// <param name="Schedule">The schedule.</param>
public sealed record ScheduledDocument(
    string? Id,
    string Scenario,
    long? Runs,
    string Owner,
    ScheduleDocument Schedule
);
