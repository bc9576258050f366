using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AimmsOrchestrator.Server.Http;

/// <summary>The pages for browsers: one document, its scripts and its style, from the assembly.</summary>
internal static class PageEndpoints
{
    /// <summary>What the pages may load and call: this server, and nothing else.</summary>
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
        + "frame-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        ["index.html"] = "text/html; charset=utf-8",
        ["style.css"] = "text/css; charset=utf-8",
        ["app.js"] = "text/javascript; charset=utf-8",
        ["batch.js"] = "text/javascript; charset=utf-8",
        ["schedules.js"] = "text/javascript; charset=utf-8",
        ["parts.js"] = "text/javascript; charset=utf-8",
    };

    public static void Map(IEndpointRouteBuilder root)
    {
        root.MapGet("/", (HttpContext context) => Asset("index.html", context)).ExcludeFromDescription();
        root.MapGet("/assets/{name}", Asset).ExcludeFromDescription();
    }

    private static IResult Asset(string name, HttpContext context)
    {
        if (!Types.TryGetValue(name, out var type))
        {
            return TypedResults.NotFound();
        }

        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-cache";
        return TypedResults.Stream(typeof(PageEndpoints).Assembly.GetManifestResourceStream($"pages:{name}")!, type);
    }
}
