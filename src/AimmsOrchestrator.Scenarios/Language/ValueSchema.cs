using System.Text.Json.Nodes;

namespace AimmsOrchestrator.Scenarios.Language;

/// <summary>The values that a property may have, as JSON Schema.</summary>
internal sealed class ValueSchema
{
    private const string DurationPattern = "^([0-9]+(\\\\.[0-9]+)? ?(ms|s|m|h|d)|P.+)$";

    private readonly Func<JsonObject> _json;

    private ValueSchema(Func<JsonObject> json) => _json = json;

    public static ValueSchema Text { get; } = Parse("""{ "type": ["string", "number", "boolean"] }""");

    public static ValueSchema WholeNumber { get; } = Parse("""{ "type": "integer" }""");

    public static ValueSchema Count { get; } = Parse("""{ "type": "integer", "minimum": 1 }""");

    public static ValueSchema Number { get; } = Parse("""{ "type": "number" }""");

    public static ValueSchema Truth { get; } = Parse("""{ "type": "boolean" }""");

    public static ValueSchema Rate { get; } = Parse("""{ "type": "string", "pattern": "^[0-9]+ ?/ ?(s|min|h|d)$" }""");

    public static ValueSchema Size { get; } =
        Parse("""{ "type": "string", "pattern": "^[0-9]+([.][0-9]+)? ?([kK]B|MB|GB)$" }""");

    public static ValueSchema Duration { get; } = Parse($$"""{ "type": "string", "pattern": "{{DurationPattern}}" }""");

    /// <summary>A duration or a multiple of the median, such as <c>3x median</c>.</summary>
    public static ValueSchema TimeLimit { get; } = Parse("""{ "type": "string" }""");

    /// <summary>Two times of day, such as <c>19:00-07:00</c>.</summary>
    public static ValueSchema Window { get; } =
        Parse("""{ "type": "string", "pattern": "^[0-9]{1,2}:[0-9]{2} ?- ?[0-9]{1,2}:[0-9]{2}$" }""");

    /// <summary>A number of failed runs, or a percentage such as <c>5%</c>.</summary>
    public static ValueSchema Failures { get; } = Parse("""{ "type": ["string", "integer"] }""");

    /// <summary>Bare ECMAScript; <c>true</c> and <c>1</c> are expressions too.</summary>
    public static ValueSchema Expression => Text;

    /// <summary>A value of any type; it may contain expressions.</summary>
    public static ValueSchema Value { get; } = Reference("value");

    /// <summary>A parameter's values.</summary>
    public static ValueSchema ParameterValues { get; } = Reference("values");

    /// <summary>Whether a mapping must have the property.</summary>
    public bool IsRequired { get; private init; }

    /// <summary>The words it allows; empty where it is no choice of words.</summary>
    public IReadOnlyList<string> Words { get; private init; } = [];

    /// <summary>The JSON Schema, without a description; a new object each time.</summary>
    public JsonObject Json => _json();

    public static ValueSchema Required(ValueSchema schema) => new(schema._json) { IsRequired = true };

    /// <summary>A mapping with these properties and no others.</summary>
    public static ValueSchema Mapping(ObjectSchema schema) => new(() => SchemaWriter.Mapping(schema));

    /// <summary>A definition of the JSON Schema, by name.</summary>
    public static ValueSchema Reference(string definition) =>
        new(() => new JsonObject { ["$ref"] = $"#/definitions/{definition}" });

    /// <summary>A mapping whose names the author chooses.</summary>
    public static ValueSchema MapOf(ValueSchema values) =>
        new(() => new JsonObject { ["type"] = "object", ["additionalProperties"] = values.Json });

    public static ValueSchema ListOf(ValueSchema items) =>
        new(() => new JsonObject { ["type"] = "array", ["items"] = items.Json });

    public static ValueSchema Either(params ValueSchema[] schemas) =>
        new(() => new JsonObject { ["anyOf"] = new JsonArray([.. schemas.Select(schema => (JsonNode)schema.Json)]) });

    /// <summary>One value, or a list of them.</summary>
    public static ValueSchema OneOrMore(ValueSchema schema) => Either(schema, ListOf(schema));

    /// <summary>One of these words.</summary>
    public static ValueSchema Word(params IReadOnlyList<string> words) =>
        new(() => new JsonObject { ["enum"] = new JsonArray([.. words.Select(word => (JsonNode)word)]) })
        {
            Words = words,
        };

    private static ValueSchema Parse(string json) => new(() => (JsonObject)JsonNode.Parse(json)!);
}
