using AimmsOrchestrator.Scenarios.Yaml;

namespace AimmsOrchestrator.Scenarios.Requests;

/// <summary>The body of a request: a JSON document that may have placeholders, bytes as they are, or nothing.</summary>
/// <param name="Document">The JSON; null where the body is bytes.</param>
/// <param name="Bytes">The bytes; empty where the body is JSON.</param>
/// <param name="MediaType">The <c>Content-Type</c>; null where nothing is sent.</param>
internal sealed record RequestBody(Node? Document, ReadOnlyMemory<byte> Bytes, string? MediaType)
{
    public static RequestBody Empty { get; } = new(null, ReadOnlyMemory<byte>.Empty, null);
}
