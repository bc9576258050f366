using System.Text.Json.Serialization;
using AimmsOrchestrator.Batches.Cancellation;

namespace AimmsOrchestrator.Batches.Documents;

/// <summary>The JSON that scripts read.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(BatchDocument))]
[JsonSerializable(typeof(IReadOnlyList<BatchDocument>))]
[JsonSerializable(typeof(NotificationDocument))]
[JsonSerializable(typeof(PlannedRunDocument))]
[JsonSerializable(typeof(PlanDocument))]
[JsonSerializable(typeof(ProgressDocument))]
[JsonSerializable(typeof(SubmittedDocument))]
[JsonSerializable(typeof(RetriedDocument))]
[JsonSerializable(typeof(CancelledDocument))]
[JsonSerializable(typeof(RemovalDocument))]
[JsonSerializable(typeof(IReadOnlyList<ServiceDocument>))]
public sealed partial class BatchJsonContext : JsonSerializerContext;
