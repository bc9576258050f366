using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using AimmsOrchestrator.Emulator.Models;
using AimmsOrchestrator.Emulator.Wire;
using Microsoft.AspNetCore.Http;

namespace AimmsOrchestrator.Emulator.Http;

/// <summary>Writes responses: JSON, the services' JSON errors, a proxy's HTML pages, bytes.</summary>
internal static class Responses
{
    public static Task JsonAsync(HttpContext context, Dialect dialect, Action<Utf8JsonWriter> write) =>
        BytesAsync(context, StatusCodes.Status200OK, Json(dialect, write), "application/json");

    public static ReadOnlyMemory<byte> Json(Dialect dialect, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = dialect.IsPretty }))
        {
            write(writer);
        }

        return buffer.WrittenMemory;
    }

    /// <summary>An error in the services' own JSON.</summary>
    public static Task ErrorAsync(HttpContext context, int status, int errorCode, string message)
    {
        var error = JsonOutput.Bytes(writer =>
        {
            writer.WriteNumber("errorCode", errorCode);
            writer.WriteString("errorId", Guid.NewGuid());
            writer.WriteString("message", message);
        });
        return BytesAsync(context, status, error, "application/json");
    }

    /// <summary>An error page of the proxy in front of the services.</summary>
    public static Task PageAsync(HttpContext context, int status, string title)
    {
        var page =
            $"<html>\r\n<head><title>{title}</title></head>\r\n<body>\r\n<center><h1>{title}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n";
        return BytesAsync(context, status, Encoding.UTF8.GetBytes(page), "text/html");
    }

    /// <summary>The sign-in page of a gateway, with the status of a success.</summary>
    public static Task SignInAsync(HttpContext context)
    {
        const string page =
            "<!DOCTYPE html>\n<html><head><title>Sign in to Example</title></head><body><form method=\"post\">"
            + "<input name=\"user\"><input name=\"password\" type=\"password\"></form></body></html>\n";
        return BytesAsync(context, StatusCodes.Status200OK, Encoding.UTF8.GetBytes(page), "text/html");
    }

    /// <summary>The first half of a body, as a cache sends it that was asked for a range.</summary>
    public static Task PartAsync(HttpContext context, ReadOnlyMemory<byte> body, string? mediaType)
    {
        var half = body[..(body.Length / 2)];
        context.Response.Headers.ContentRange = string.Create(
            CultureInfo.InvariantCulture,
            $"bytes 0-{Math.Max(0, half.Length - 1)}/{body.Length}"
        );
        return BytesAsync(context, StatusCodes.Status206PartialContent, half, mediaType);
    }

    public static Task EmptyAsync(HttpContext context, int status) =>
        BytesAsync(context, status, ReadOnlyMemory<byte>.Empty, mediaType: null);

    public static Task TooManyRequestsAsync(HttpContext context, int retryAfterSeconds)
    {
        context.Response.Headers.RetryAfter = retryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        return ErrorAsync(context, StatusCodes.Status429TooManyRequests, 30429, "too many requests");
    }

    public static async Task BytesAsync(HttpContext context, int status, ReadOnlyMemory<byte> body, string? mediaType)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = mediaType;
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }
}
