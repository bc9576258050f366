using System.Text.Json.Serialization;

namespace AimmsOrchestrator.Batches.Documents;

/// <summary>The JSON that scripts read.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(BatchDocument))]
[JsonSerializable(typeof(IReadOnlyList<BatchDocument>))]
[JsonSerializable(typeof(NotificationDocument))]
[JsonSerializable(typeof(PlannedRunDocument))]
[JsonSerializable(typeof(RemovalDocument))]
[JsonSerializable(typeof(IReadOnlyList<ServiceDocument>))]
public sealed partial class BatchJsonContext : JsonSerializerContext;
