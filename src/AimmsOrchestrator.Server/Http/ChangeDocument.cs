using System.Text.Json;
using System.Text.Json.Serialization;

namespace AimmsOrchestrator.Server.Http;

/// <summary>What is to be changed of a batch.</summary>
public sealed record ChangeDocument
{
    /// <summary>Limits by name, each with a value as in a scenario; null for no rate.</summary>
    public IDictionary<string, JsonElement>? Limits { get; init; }

    /// <summary>The same as the command line has it, each as in <c>limits.concurrency=4</c>.</summary>
    public IReadOnlyList<string>? Set { get; init; }

    /// <summary>high, normal or low.</summary>
    public string? Priority { get; init; }

    /// <summary>Members that have no meaning.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; init; }
}
