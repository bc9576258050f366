using System.Security.Claims;
using AimmsOrchestrator.Scenarios.Reading.Sections;
using AimmsOrchestrator.Server.Access;
using AimmsOrchestrator.Server.Answers;
using AimmsOrchestrator.Server.Fleet;
using AimmsOrchestrator.Server.OpenApi;
using AimmsOrchestrator.Server.Schedules;
using AimmsOrchestrator.Server.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AimmsOrchestrator.Server.Http;

/// <summary>Browsers sign in with a token, which becomes a cookie that no script can read.</summary>
internal static class SessionEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/session", Begin)
            .Described("signIn", "Signs a browser in: its session is a cookie", 400, 415)
            .Produces<CallerDocument>()
            .DisableAntiforgery();
        api.MapDelete("/session", End).Described("signOut", "Signs a browser out").Produces(204);
        api.MapGet("/session", Who)
            .RequireAuthorization(Callers.Viewer)
            .Described("getCaller", "Who calls, and as what")
            .Produces<CallerDocument>();
        api.MapGet("/limits", Limits)
            .RequireAuthorization(Callers.Viewer)
            .Described("getLimits", "What the caller may take, and has taken")
            .Produces<LimitDocument>();
    }

    private static IResult Begin(SignIn signIn, HttpContext context, AccessControl access, Sessions sessions)
    {
        if (access.Find(signIn.Token ?? "") is not { } token)
        {
            return Problems.Of(401, "there is no such token, or it was revoked");
        }

        sessions.Begin(context, token);
        return TypedResults.Ok(new CallerDocument(token.Name, TokenHandler.Word(token.Role)));
    }

    private static IResult End(HttpContext context)
    {
        Sessions.End(context);
        return TypedResults.NoContent();
    }

    private static IResult Limits(
        ClaimsPrincipal caller,
        ServerOptions options,
        BatchAccess batches,
        ScheduleBook schedules
    )
    {
        var (owner, settings) = (caller.Author(), options.Settings);
        var unfinished = batches.Reader.Batches().Count(batch => batch.Owner == owner && !batch.IsFinished);
        var scheduled = schedules.With(book => book.All()).Count(schedule => schedule.Owner == owner);
        var stored = ResponseQuota.Stored(batches.Reader).GetValueOrDefault(owner);
        return TypedResults.Ok(
            new LimitDocument
            {
                Runs = settings.MostRuns,
                UploadBytes = settings.MostUploadBytes,
                ReadingSeconds = settings.LongestReading.TotalSeconds,
                Requests = RateReader.Text(settings.Requests),
                Unfinished = new TakenDocument(unfinished, settings.MostUnfinished),
                Schedules = new TakenDocument(scheduled, settings.MostSchedules),
                ResponseBytes = new TakenDocument(stored, settings.MostResponseBytes),
            }
        );
    }

    private static IResult Who(ClaimsPrincipal caller) =>
        TypedResults.Ok(new CallerDocument(caller.Author(), caller.FindFirstValue(ClaimTypes.Role)!));
}

/// <summary>What a browser signs in with.</summary>
public sealed record SignIn(string? Token);

/// <summary>Who calls.</summary>
/// <param name="Name">The token's name.</param>
/// <param name="Role">viewer, runner or admin.</param>
public sealed record CallerDocument(string Name, string Role);
