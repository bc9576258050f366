using System.Text.Json;
using System.Text.Json.Serialization;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Journal.Text;

/// <summary>An enumeration in the words that the tables use too.</summary>
internal sealed class WordConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.KebabCaseLower)
    where T : struct, Enum;

/// <summary>A task's id as plain text.</summary>
internal sealed class TaskIdConverter : JsonConverter<TaskId>
{
    public override TaskId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString() is { Length: > 0 } text ? new TaskId(text) : throw new JsonException("a task without an id");

    public override void Write(Utf8JsonWriter writer, TaskId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);
}

/// <summary>An extraction key in hexadecimal.</summary>
internal sealed class ExtractionKeyConverter : JsonConverter<ExtractionKey>
{
    public override ExtractionKey Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(reader.GetString() ?? throw new JsonException("null instead of an extraction key"));

    public override void Write(Utf8JsonWriter writer, ExtractionKey value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Hex);
}
