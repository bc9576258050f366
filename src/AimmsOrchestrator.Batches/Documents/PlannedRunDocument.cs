using System.Text.Json;
using System.Text.Json.Serialization;
using AimmsOrchestrator.Domain.Journaling;
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

    /// <summary>The incumbent that does not answer it; left out where none would.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RefusedIncumbentDocument? Incumbent { get; init; }

    /// <summary>Left out where requests are not wanted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RequestDocument? Request { get; init; }

    public static PlannedRunDocument Of(PlannedRun run, bool withRequest, RefusedIncumbent? incumbent = null) =>
        new()
        {
            Index = run.Index,
            Key = run.Key?.Hex,
            Name = run.Name,
            Parameters = run.Parameters,
            Error = run.Defect,
            Incumbent = RefusedIncumbentDocument.Of(incumbent),
            Request = withRequest ? new RequestDocument(run.Request) : null,
        };

    internal sealed class ParametersConverter : JsonConverter<ParameterSet>
    {
        public override ParameterSet Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
        {
            using var document = JsonDocument.ParseValue(ref reader);
            return new ParameterSet([
                .. document
                    .RootElement.EnumerateObject()
                    .Select(parameter => new Parameter(parameter.Name, parameter.Value.Clone())),
            ]);
        }

        public override void Write(Utf8JsonWriter writer, ParameterSet value, JsonSerializerOptions options) =>
            value.WriteTo(writer);
    }
}

/// <summary>An incumbent of an earlier batch that was cut too early to answer a run: the run is asked again.</summary>
/// <param name="CutAfter">For how many seconds its solver was let run; null where that is not known.</param>
public sealed record RefusedIncumbentDocument(double? CutAfter)
{
    public static RefusedIncumbentDocument? Of(RefusedIncumbent? incumbent) =>
        incumbent is null ? null : new RefusedIncumbentDocument(incumbent.CutAfter?.TotalSeconds);
}
