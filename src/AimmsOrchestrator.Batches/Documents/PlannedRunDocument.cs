using System.Text.Json;
using System.Text.Json.Serialization;
using AimmsOrchestrator.Domain.Planning;

namespace AimmsOrchestrator.Batches.Documents;

/// <summary>A run that would be run.</summary>
public sealed record PlannedRunDocument
{
    public required long Index { get; init; }
    public required string? Key { get; init; }
    public required string Name { get; init; }

    [JsonConverter(typeof(ParametersConverter))]
    public required ParameterSet Parameters { get; init; }

    /// <summary>Why it cannot be sent; left out where it can.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Error { get; init; }

    /// <summary>Left out where requests are not wanted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RequestDocument? Request { get; init; }

    public static PlannedRunDocument Of(PlannedRun run, bool withRequest) =>
        new()
        {
            Index = run.Index,
            Key = run.Key?.Hex,
            Name = run.Name,
            Parameters = run.Parameters,
            Error = run.Defect,
            Request = withRequest ? new RequestDocument(run.Request) : null,
        };

    internal sealed class ParametersConverter : JsonConverter<ParameterSet>
    {
        public override ParameterSet Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            throw new NotSupportedException("Plans are only written.");

        public override void Write(Utf8JsonWriter writer, ParameterSet value, JsonSerializerOptions options) =>
            value.WriteTo(writer);
    }
}
