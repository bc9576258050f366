using System.Net;
using AimmsOrchestrator.Server.Answers;
using Microsoft.AspNetCore.Http;

namespace AimmsOrchestrator.Server.Access;

/// <summary>
/// Refuses requests that a page of another site makes a browser send: a change whose <c>Origin</c> is not this server, and, as
/// long as no token is asked for, any request that is not this machine's own: to a name that merely resolves to the loopback
/// address, or passed on by a reverse proxy. Later such a name is the proxy's, and such a page has neither token nor session.
/// </summary>
/// <param name="next">The rest.</param>
/// <param name="listen">The address that the server listens on.</param>
internal sealed class OriginGuard(RequestDelegate next, Uri listen)
{
    public Task InvokeAsync(HttpContext context, AccessControl access)
    {
        var request = context.Request;
        if (listen.IsLoopback && WhoElse(context) is { } other && !access.HasTokens)
        {
            return Problems.WriteAsync(
                context,
                403,
                $"this server answers this machine alone, not {other}, until there is a token"
            );
        }

        var changes = !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method);
        return changes && IsForeign(request)
            ? Problems.WriteAsync(context, 403, "a page of another site may change nothing here")
            : next(context);
    }

    /// <summary>Whom a request comes from that is not this machine's own, as the end of a sentence; null where it is.</summary>
    private static string? WhoElse(HttpContext context) =>
        !IsLoopback(context.Request.Host.Host) ? $"as {context.Request.Host.Host}"
        : context.Connection.RemoteIpAddress is { } from && !IPAddress.IsLoopback(from) ? from.ToString()
        : null;

    private static bool IsForeign(HttpRequest request)
    {
        string? origin = request.Headers.Origin;
        if (origin is not null)
        {
            return !Uri.TryCreate(origin, UriKind.Absolute, out var from)
                || !from.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase);
        }

        return request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site";
    }

    private static bool IsLoopback(string host) =>
        host is "localhost" or "[::1]" or "::1" || host.StartsWith("127.", StringComparison.Ordinal);
}
