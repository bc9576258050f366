using System.Text.Json.Serialization;

namespace AimmsOrchestrator.Server.Events;

/// <summary>The JSON of events.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RunDocument))]
internal sealed partial class ServerJsonContext : JsonSerializerContext;
