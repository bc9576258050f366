using System.Text.Json;

namespace AimmsOrchestrator.Scenarios.Json;

/// <summary>The largest depth of JSON: deeper than any model writes, and small enough for the stack.</summary>
internal static class JsonDepth
{
    public const int Max = 512;

    public static JsonDocumentOptions Document { get; } = new() { MaxDepth = Max };

    public static JsonSerializerOptions Serializer { get; } = new() { MaxDepth = Max };
}
