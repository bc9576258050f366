using System.Text.Json;
using AimmsOrchestrator.Emulator.Tasks;
using AimmsOrchestrator.Emulator.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace AimmsOrchestrator.Emulator.Http;

/// <summary>
/// The operations at <c>/pro-api/…/applications</c>, as far as published clients use them: to publish, list, change and delete a
/// version. The addresses and what a publication sends are documented; the members of the answers are not, and have the names of
/// what was sent.
/// </summary>
internal sealed class ApplicationEndpoints(Applications applications)
{
    public Task HandleAsync(HttpContext context, ServiceRoute route)
    {
        var (method, parts) = (context.Request.Method.ToUpperInvariant(), route.Parts);
        return (method, parts.Length) switch
        {
            ("GET", 1) => Responses.JsonAsync(context, route.Dialect, writer => WriteAll(writer, route.Dialect)),
            ("POST", 1) => PublishAsync(context, route.Dialect),
            ("GET" or "PATCH" or "DELETE", 3) => OneAsync(context, route, method),
            (_, 1 or 3) => Responses.EmptyAsync(context, StatusCodes.Status405MethodNotAllowed),
            _ => Responses.EmptyAsync(context, StatusCodes.Status404NotFound),
        };
    }

    private async Task OneAsync(HttpContext context, ServiceRoute route, string method)
    {
        if (applications.Find(route.Parts[1], route.Parts[2]) is not { } application)
        {
            await Responses.ErrorAsync(
                context,
                StatusCodes.Status404NotFound,
                30404,
                $"application \"{route.Parts[1]}\" {route.Parts[2]} was not published here"
            );
            return;
        }

        if (method == "PATCH")
        {
            var (body, _) = await RequestBodies.ReadAsync(context.Request, context.RequestAborted);
            if (Changed(application, body) is not { } changed)
            {
                await RefuseAsync(context, "the body is not a JSON object");
                return;
            }

            applications.Put(changed);
            application = changed;
        }
        else if (method == "DELETE")
        {
            applications.Remove(application.Name, application.Version);
        }

        await Responses.JsonAsync(context, route.Dialect, writer => Write(writer, application, route.Dialect));
    }

    /// <summary>A form with <c>metadata</c>, a JSON object, and <c>file</c>, the packed project, which is dropped.</summary>
    private async Task PublishAsync(HttpContext context, Dialect dialect)
    {
        var isForm =
            MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type)
            && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase);
        var metadata = isForm
            ? await MetadataAsync(context, HeaderUtilities.RemoveQuotes(type!.Boundary).ToString())
            : null;
        if (metadata is null || Published(metadata) is not { } application)
        {
            await RefuseAsync(
                context,
                "metadata: a JSON object with name and projectVersion (version 1: projectVersionId)"
            );
            return;
        }

        applications.Put(application);
        await Responses.JsonAsync(context, dialect, writer => Write(writer, application, dialect));
    }

    private static async Task<byte[]?> MetadataAsync(HttpContext context, string boundary)
    {
        var form = new MultipartReader(boundary, context.Request.Body);
        byte[]? metadata = null;
        while (await form.ReadNextSectionAsync(context.RequestAborted) is { } section)
        {
            using var memory = new MemoryStream();
            var isMetadata =
                section.GetContentDispositionHeader() is { } header
                && HeaderUtilities.RemoveQuotes(header.Name).Equals("metadata", StringComparison.Ordinal);
            await section.Body.CopyToAsync(isMetadata ? memory : Stream.Null, context.RequestAborted);
            metadata = isMetadata ? memory.ToArray() : metadata;
        }

        return metadata;
    }

    private static Application? Published(byte[] metadata) =>
        ObjectOf(metadata) is { } json
        && Text(json, "name") is { } name
        && (Text(json, "projectVersion") ?? Text(json, "projectVersionId")) is { } version
            ? new Application(name, version)
            {
                Description = Text(json, "description"),
                Category = Text(json, "projectCategory"),
                AimmsVersion = Text(json, "aimmsVersionId"),
            }
            : null;

    private static Application? Changed(Application application, byte[] body) =>
        ObjectOf(body) is { } json
            ? application with
            {
                Description = Text(json, "description") ?? application.Description,
                Category = Text(json, "projectCategory") ?? application.Category,
                // The tag is moved to another version, never taken away.
                IsLatest =
                    application.IsLatest
                    || (json.TryGetProperty("isLatest", out var tag) && tag.ValueKind == JsonValueKind.True),
            }
            : null;

    private static JsonElement? ObjectOf(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static Task RefuseAsync(HttpContext context, string message) =>
        Responses.ErrorAsync(context, StatusCodes.Status400BadRequest, 30400, message);

    private void WriteAll(Utf8JsonWriter writer, Dialect dialect)
    {
        writer.WriteStartArray();
        foreach (var application in applications.All)
        {
            Write(writer, application, dialect);
        }

        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, Application application, Dialect dialect)
    {
        writer.WriteStartObject();
        writer.WriteString("name", application.Name);
        writer.WriteString(dialect.IsV1 ? "projectVersionId" : "projectVersion", application.Version);
        writer.WriteString("description", application.Description);
        writer.WriteString("projectCategory", application.Category);
        writer.WriteString("aimmsVersionId", application.AimmsVersion);
        writer.WriteBoolean("isLatest", application.IsLatest);
        writer.WriteEndObject();
    }
}
