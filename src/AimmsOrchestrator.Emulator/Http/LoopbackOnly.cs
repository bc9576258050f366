using System.Net;
using Microsoft.AspNetCore.Http;

namespace AimmsOrchestrator.Emulator.Http;

/// <summary>
/// Listening on the loopback address keeps other machines out, and not web pages: a page's host name may resolve to it later
/// on (DNS rebinding), and any page may post to it. Requests are answered that name this machine themselves and come from no
/// page of another origin.
/// </summary>
internal static class LoopbackOnly
{
    /// <summary>The status of the refusal and its reason; null where the request may be answered.</summary>
    public static (int Status, string Reason)? Refusal(HttpRequest request)
    {
        if (request.Host.HasValue && !IsLoopback(request.Host.Host))
        {
            return (StatusCodes.Status421MisdirectedRequest, "421 Misdirected Request: the emulator is localhost only");
        }

        var origin = request.Headers.Origin.ToString();
        return origin.Length > 0 && !(Uri.TryCreate(origin, UriKind.Absolute, out var page) && IsLoopback(page.Host))
            ? (StatusCodes.Status403Forbidden, "403 Forbidden: the emulator answers no page of another origin")
            : null;
    }

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
