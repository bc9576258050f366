using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Settlement;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Journal.Text;

/// <summary>What the database keeps as JSON: the payloads of events, and lists of names.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    Converters = [
        typeof(TaskIdConverter),
        typeof(ExtractionKeyConverter),
        typeof(WordConverter<TaskState>),
        typeof(WordConverter<FaultKind>),
        typeof(WordConverter<Interrupt>),
        typeof(WordConverter<RunErrorKind>),
        typeof(WordConverter<SettlementVerdict>),
        typeof(WordConverter<DesignForm>),
    ]
)]
[JsonSerializable(typeof(SubmitIntended))]
[JsonSerializable(typeof(Submitted))]
[JsonSerializable(typeof(SubmitFailed))]
[JsonSerializable(typeof(SubmitUnconfirmed))]
[JsonSerializable(typeof(SubmitSettled))]
[JsonSerializable(typeof(TaskForgotten))]
[JsonSerializable(typeof(TaskSeen))]
[JsonSerializable(typeof(TaskInterrupted))]
[JsonSerializable(typeof(TaskCompleted))]
[JsonSerializable(typeof(TaskFailed))]
[JsonSerializable(typeof(AttemptFailed))]
[JsonSerializable(typeof(RunCompleted))]
[JsonSerializable(typeof(RunReused))]
[JsonSerializable(typeof(RunFailed))]
[JsonSerializable(typeof(RunReopened))]
[JsonSerializable(typeof(RunCancelled))]
[JsonSerializable(typeof(TaskSnapshot))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(BatchDesign))]
internal sealed partial class JournalJson : JsonSerializerContext
{
    // Letters beyond ASCII stay letters, for people who read the table with sqlite3.
    private static JournalJson? _plain;

    private static JournalJson Plain =>
        _plain ??= new JournalJson(
            new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
        );

    /// <summary>An event's payload: all of it but the response, whose bytes stand apart.</summary>
    public static string Text(RunEvent happened)
    {
        var payload = happened switch
        {
            RunCompleted { Response: not null } e => e with { Response = null },
            RunFailed { Response: not null } e => e with { Response = null },
            _ => happened,
        };
        return JsonSerializer.Serialize(payload, TypeInfo(payload.GetType()));
    }

    public static string Text(IReadOnlyList<string> names) =>
        JsonSerializer.Serialize(names, Plain.IReadOnlyListString);

    public static string Text(BatchDesign design) => JsonSerializer.Serialize(design, Plain.BatchDesign);

    /// <param name="word">Which event, in a word of <see cref="EventNames"/>.</param>
    /// <param name="payload">What it says.</param>
    /// <exception cref="FormatException">This program has no such event.</exception>
    public static RunEvent Event(string word, string payload) =>
        (RunEvent?)JsonSerializer.Deserialize(payload, TypeInfo(EventNames.TypeOf(word))) ?? Nothing<RunEvent>();

    public static TaskSnapshot Task(string json) =>
        JsonSerializer.Deserialize(json, Plain.TaskSnapshot) ?? Nothing<TaskSnapshot>();

    public static IReadOnlyList<string> Names(string json) =>
        JsonSerializer.Deserialize(json, Plain.IReadOnlyListString) ?? Nothing<IReadOnlyList<string>>();

    public static BatchDesign Design(string json) =>
        JsonSerializer.Deserialize(json, Plain.BatchDesign) ?? Nothing<BatchDesign>();

    private static JsonTypeInfo TypeInfo(Type type) =>
        Plain.GetTypeInfo(type) ?? throw new InvalidOperationException($"The journal has no JSON for {type.Name}.");

    private static T Nothing<T>() => throw new JsonException($"null instead of a {typeof(T).Name}");
}
