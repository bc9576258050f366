using System.Text.Json;

namespace AimmsOrchestrator.Domain.Journaling;

/// <summary>
/// Reads the parameters and results that the journal keeps. A model's answer may be nested as deep as it likes, and what
/// was kept must be read again: so there is no limit but memory.
/// </summary>
public static class KeptJson
{
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = int.MaxValue };

    /// <summary>The document; the caller disposes of it.</summary>
    public static JsonDocument Parse(string json) => JsonDocument.Parse(json, Deep);

    /// <summary>The document of UTF-8 bytes, which must not change meanwhile; the caller disposes of it.</summary>
    public static JsonDocument Parse(ReadOnlyMemory<byte> json) => JsonDocument.Parse(json, Deep);
}
