using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Journal.Text;

/// <summary>The few things that the database keeps as JSON because they are read whole or not at all.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [
        typeof(TaskIdConverter),
        typeof(WordConverter<TaskState>),
        typeof(WordConverter<FaultKind>),
        typeof(WordConverter<DesignForm>),
    ]
)]
[JsonSerializable(typeof(TaskSnapshot))]
[JsonSerializable(typeof(ServiceFault))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(BatchDesign))]
internal sealed partial class JournalJson : JsonSerializerContext
{
    // Letters beyond ASCII stay letters, for whoever reads the table with sqlite3.
    private static JournalJson? _plain;

    private static JournalJson Plain =>
        _plain ??= new JournalJson(
            new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
        );

    public static string? Text(TaskSnapshot? task) =>
        task is null ? null : JsonSerializer.Serialize(task, Plain.TaskSnapshot);

    public static string Text(ServiceFault fault) => JsonSerializer.Serialize(fault, Plain.ServiceFault);

    public static string Text(IReadOnlyList<string> names) =>
        JsonSerializer.Serialize(names, Plain.IReadOnlyListString);

    public static string Text(BatchDesign design) => JsonSerializer.Serialize(design, Plain.BatchDesign);

    public static TaskSnapshot Task(string json) =>
        JsonSerializer.Deserialize(json, Plain.TaskSnapshot) ?? Nothing<TaskSnapshot>();

    public static ServiceFault Fault(string json) =>
        JsonSerializer.Deserialize(json, Plain.ServiceFault) ?? Nothing<ServiceFault>();

    public static IReadOnlyList<string> Names(string json) =>
        JsonSerializer.Deserialize(json, Plain.IReadOnlyListString) ?? Nothing<IReadOnlyList<string>>();

    public static BatchDesign Design(string json) =>
        JsonSerializer.Deserialize(json, Plain.BatchDesign) ?? Nothing<BatchDesign>();

    private static T Nothing<T>() => throw new JsonException($"null instead of a {typeof(T).Name}");
}

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
