using System.Security.Claims;
using System.Text.Encodings.Web;
using AimmsOrchestrator.Domain.Access;
using AimmsOrchestrator.Server.Answers;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AimmsOrchestrator.Server.Access;

/// <summary>
/// Finds who calls: by <c>Authorization: Bearer</c>, or by the session of a browser. Where no token exists, which only a
/// server on the loopback address allows, every caller is the machine's own.
/// </summary>
internal sealed class TokenHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logs,
    UrlEncoder encoder,
    AccessControl access,
    Sessions sessions
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    public const string SchemeName = "token";

    private const string Bearer = "Bearer ";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(FindCaller());

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return Problems.WriteAsync(
            Context,
            StatusCodes.Status401Unauthorized,
            "a token is needed: Authorization: Bearer TOKEN; `aimms-batch token create` makes one"
        );
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Problems.WriteAsync(
            Context,
            StatusCodes.Status403Forbidden,
            $"the token {Context.User.Identity?.Name} has no right to this: it is a {Context.User.FindFirstValue(ClaimTypes.Role)}"
        );

    private AuthenticateResult FindCaller()
    {
        string? header = Request.Headers.Authorization;
        if (header is not null)
        {
            return
                header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
                && access.Find(header[Bearer.Length..].Trim()) is { } token
                ? Success(token)
                : AuthenticateResult.Fail("no such token");
        }

        if (sessions.Find(Context) is { } caller)
        {
            return Success(caller);
        }

        return access.HasTokens ? AuthenticateResult.NoResult() : Success(AccessControl.Local);
    }

    private static AuthenticateResult Success(AccessToken token)
    {
        // A role may do what the ones before it may.
        var roles = Enum.GetValues<Role>().Where(role => role <= token.Role).OrderDescending();
        var identity = new ClaimsIdentity(
            [new Claim(ClaimTypes.Name, token.Name), .. roles.Select(role => new Claim(ClaimTypes.Role, Word(role)))],
            SchemeName
        );
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }

    public static string Word(Role role) =>
        role switch
        {
            Role.Admin => "admin",
            Role.Runner => "runner",
            _ => "viewer",
        };
}
