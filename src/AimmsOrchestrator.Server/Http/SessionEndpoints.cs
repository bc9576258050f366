using System.Security.Claims;
using AimmsOrchestrator.Server.Access;
using AimmsOrchestrator.Server.Answers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AimmsOrchestrator.Server.Http;

/// <summary>Browsers sign in with a token, which becomes a cookie that no script can read.</summary>
internal static class SessionEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/session", Begin).WithSummary("Signs a browser in").DisableAntiforgery();
        api.MapDelete("/session", End).WithSummary("Signs a browser out");
        api.MapGet("/session", Who)
            .RequireAuthorization(Callers.Viewer)
            .WithSummary("Who calls, and as what")
            .Produces<CallerDocument>();
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

    private static IResult Who(ClaimsPrincipal caller) =>
        TypedResults.Ok(new CallerDocument(caller.Author(), caller.FindFirstValue(ClaimTypes.Role)!));
}

/// <summary>What a browser signs in with.</summary>
public sealed record SignIn(string? Token);

/// <summary>Who calls.</summary>
/// <param name="Name">The token's name.</param>
/// <param name="Role">viewer, runner or admin.</param>
public sealed record CallerDocument(string Name, string Role);
