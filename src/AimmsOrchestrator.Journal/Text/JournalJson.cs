using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using AimmsOrchestrator.Domain.Accounts;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Settlement;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Domain.Throttling;

namespace AimmsOrchestrator.Journal.Text;

/// <summary>What the database keeps as JSON: the payloads of events, and lists of names.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    RespectNullableAnnotations = true,
    Converters = [
        typeof(TaskIdConverter),
        typeof(ExtractionKeyConverter),
        typeof(WordConverter<TaskState>),
        typeof(WordConverter<FaultKind>),
        typeof(WordConverter<Interrupt>),
        typeof(WordConverter<RunErrorKind>),
        typeof(WordConverter<SettlementVerdict>),
        typeof(WordConverter<DesignForm>),
        typeof(WordConverter<Priority>),
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
[JsonSerializable(typeof(Demand))]
internal sealed partial class JournalJson : JsonSerializerContext
{
    private static JsonSerializerOptions? _plain;

    private static JsonSerializerOptions Plain =>
        _plain ??= new JsonSerializerOptions(Default.Options)
        {
            // Letters beyond ASCII stay letters, for people who read the table with sqlite3.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            TypeInfoResolver = Default.WithAddedModifier(Require),
        };

    /// <summary>An event's payload: all of it but the response, whose bytes stand apart.</summary>
    public static string Text(RunEvent happened)
    {
        var payload = happened switch
        {
            RunCompleted { Response: not null } e => e with { Response = null },
            RunFailed { Response: not null } e => e with { Response = null },
            _ => happened,
        };
        return JsonSerializer.Serialize(payload, Plain.GetTypeInfo(payload.GetType()));
    }

    public static string Text(IReadOnlyList<string> names) =>
        JsonSerializer.Serialize(names, Info<IReadOnlyList<string>>());

    public static string Text(BatchDesign design) => JsonSerializer.Serialize(design, Info<BatchDesign>());

    public static string Text(Demand demand) => JsonSerializer.Serialize(demand, Info<Demand>());

    /// <param name="word">Which event, in a word of <see cref="EventNames"/>.</param>
    /// <param name="payload">What it says.</param>
    /// <exception cref="FormatException">This program has no such event.</exception>
    public static RunEvent Event(string word, string payload) =>
        (RunEvent?)JsonSerializer.Deserialize(payload, Plain.GetTypeInfo(EventNames.TypeOf(word)))
        ?? throw Nothing<RunEvent>();

    public static TaskSnapshot Task(string json) => Read<TaskSnapshot>(json);

    public static IReadOnlyList<string> Names(string json) => Read<IReadOnlyList<string>>(json);

    public static Demand DemandOf(string json) => Read<Demand>(json);

    public static BatchDesign Design(string json) => Read<BatchDesign>(json);

    private static T Read<T>(string json) => JsonSerializer.Deserialize(json, Info<T>()) ?? throw Nothing<T>();

    private static JsonTypeInfo<T> Info<T>() => (JsonTypeInfo<T>)Plain.GetTypeInfo(typeof(T));

    private static JsonException Nothing<T>() => new($"null instead of a {typeof(T).Name}");

    /// <summary>What a constructor takes and null is no value for must be there: a default would be made up.</summary>
    private static void Require(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            // A structure is filled by its members, a class by its constructor; other members of a class have defaults.
            property.IsRequired |=
                property.AssociatedParameter is { IsNullable: false } parameter
                && parameter.IsMemberInitializer == type.Type.IsValueType;
        }
    }
}
