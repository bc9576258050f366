using System.Text.Json;

namespace AimmsOrchestrator.Scenarios.Json;

/// <summary>How deep JSON may be nested here: deeper than any model writes, and not so deep that reading it fills the stack.</summary>
internal static class JsonDepth
{
    public const int Max = 512;

    public static JsonDocumentOptions Document { get; } = new() { MaxDepth = Max };

    public static JsonSerializerOptions Serializer { get; } = new() { MaxDepth = Max };
}
