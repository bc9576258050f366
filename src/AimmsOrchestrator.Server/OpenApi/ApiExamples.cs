using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace AimmsOrchestrator.Server.OpenApi;

/// <summary>Examples of bodies and answers: in JSON, in YAML, of events, and of problems.</summary>
internal static class ApiExamples
{
    private const string Resource = "openapi:Examples.json";
    private const string Json = "application/json";

    /// <summary>By a route's name <c>request</c> and <c>answer</c>; the problems of all routes by their status.</summary>
    private static readonly JsonElement All = Read();

    public static void AddTo(OpenApiOperation operation)
    {
        if (All.TryGetProperty(operation.OperationId ?? "", out var own))
        {
            Add(operation.RequestBody?.Content, [Json, "application/yaml"], own, "request");
        }

        foreach (var (status, response) in operation.Responses ?? [])
        {
            if (status is "200" or "202" && own.ValueKind == JsonValueKind.Object)
            {
                Add(response.Content, [Json, "text/event-stream", "text/plain"], own, "answer");
            }

            Add(response.Content, ["application/problem+json"], All.GetProperty("problems"), status);
        }
    }

    private static void Add(
        IDictionary<string, OpenApiMediaType>? content,
        string[] types,
        JsonElement examples,
        string name
    )
    {
        if (content is null || !examples.TryGetProperty(name, out var example))
        {
            return;
        }

        foreach (var (type, body) in content)
        {
            if (types.Contains(type))
            {
                body.Example = JsonNode.Parse(example.GetRawText());
            }
        }
    }

    private static JsonElement Read()
    {
        using var stream = typeof(ApiExamples).Assembly.GetManifestResourceStream(Resource)!;
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.Clone();
    }
}
