using System.Text.Json.Nodes;

namespace AimmsOrchestrator.Scenarios.Language;

/// <summary>The values that a property may have: as JSON Schema, and in words.</summary>
internal sealed class ValueSchema
{
    private readonly Func<JsonObject> _json;
    private readonly Func<IReadOnlyList<ObjectSchema>>? _mappings;

    private ValueSchema(string form, Func<JsonObject> json, Func<IReadOnlyList<ObjectSchema>>? mappings = null)
    {
        Form = form;
        _json = json;
        _mappings = mappings;
    }

    public static ValueSchema Text { get; } = Parse("a text", """{ "type": ["string", "number", "boolean"] }""");

    public static ValueSchema WholeNumber { get; } = Parse("a whole number", """{ "type": "integer" }""");

    public static ValueSchema Count { get; } =
        Parse("a whole number of 1 or more", """{ "type": "integer", "minimum": 1 }""");

    public static ValueSchema Number { get; } = Parse("a number", """{ "type": "number" }""");

    /// <summary>A number of zero or more.</summary>
    public static ValueSchema Positive { get; } =
        Parse("a number of 0 or more", """{ "type": "number", "minimum": 0 }""");

    /// <summary>A number other than zero.</summary>
    public static ValueSchema Step { get; } =
        Parse("a number other than 0", """{ "type": "number", "not": { "enum": [0] } }""");

    /// <summary>A number of 1 or more.</summary>
    public static ValueSchema Factor { get; } =
        Parse("a number of 1 or more", """{ "type": "number", "minimum": 1 }""");

    /// <summary>The address of a service, or an expression that comes to one.</summary>
    public static ValueSchema ServiceUrl { get; } =
        Parse(
            "emulator, or an address that begins with http:// or https://",
            """{ "type": "string", "pattern": "^ *(emulator|https?://[^ ?#@]+|.*[$][{][{].*) *$" }"""
        );

    /// <summary>An environment variable with a key.</summary>
    public static ValueSchema KeyVariable { get; } =
        Parse(
            "an environment variable, such as ${{ env.AIMMS_API_KEY }}",
            """{ "type": "string", "pattern": "^[$][{][{] *env[.][A-Za-z_][A-Za-z0-9_]* *[}][}]$" }"""
        );

    /// <summary>A scenario's name.</summary>
    public static ValueSchema ScenarioName { get; } =
        Parse(
            "letters, digits, -, _ and .; 100 at most",
            """{ "type": ["string", "number", "boolean"], "pattern": "^[A-Za-z0-9._-]{1,100}$" }"""
        );

    /// <summary>A time of day, perhaps with a zone.</summary>
    public static ValueSchema TimeOfDay { get; } =
        Parse(
            "a time of day, such as \"06:00\" or \"06:00 Europe/Amsterdam\"",
            """{ "type": "string", "pattern": "^([01]?[0-9]|2[0-3]):[0-5][0-9]( +[^ ]+)?$" }"""
        );

    /// <summary>A word that is no blank.</summary>
    public static ValueSchema NotBlank { get; } =
        Parse("a text", """{ "type": ["string", "number", "boolean"], "pattern": "[^ ]" }""");

    public static ValueSchema Truth { get; } = Parse("true or false", """{ "type": "boolean" }""");

    public static ValueSchema Rate { get; } =
        Parse(
            "a rate, such as 30/min, 20/s or 1000/h",
            """{ "type": "string", "pattern": "^0*[1-9][0-9]* ?/ ?(s|min|h|d)$" }"""
        );

    public static ValueSchema Size { get; } =
        Parse(
            "a size, such as 500kB, 64MB or 1GB",
            """{ "type": "string", "pattern": "^[0-9]+([.][0-9]+)? ?([kK]B|MB|GB)$" }"""
        );

    public static ValueSchema Duration { get; } =
        Parse("a duration, such as 90s, 5m or PT1H30M", $$"""{ "type": "string", "pattern": "^({{Durations}})$" }""");

    /// <summary>A duration or a multiple of the median, such as <c>3x median</c>.</summary>
    public static ValueSchema TimeLimit { get; } =
        Parse(
            "a duration, or a multiple such as 3x median",
            $$"""{ "type": "string", "pattern": "^({{Durations}}|[0-9]+([.][0-9]+)? ?x median)$" }"""
        );

    /// <summary>Two times of day, such as <c>19:00-07:00</c>.</summary>
    public static ValueSchema Window { get; } =
        Parse(
            "two times of day, such as 19:00-07:00",
            """{ "type": "string", "pattern": "^([01]?[0-9]|2[0-3]):[0-5][0-9] *- *([01]?[0-9]|2[0-3]):[0-5][0-9]$" }"""
        );

    /// <summary>A number of failed runs, or a percentage such as <c>5%</c>.</summary>
    public static ValueSchema Failures { get; } =
        Parse(
            "a number of runs, or a share such as 5%",
            """{ "type": ["string", "integer"], "minimum": 1, "pattern": "^([0-9]+([.][0-9]+)? *%|0*[1-9][0-9]*)$" }"""
        );

    /// <summary>Bare ECMAScript; <c>true</c> and <c>1</c> are expressions too.</summary>
    public static ValueSchema Expression { get; } = new("an expression", Text._json);

    /// <summary>A value of any type; it may contain expressions.</summary>
    public static ValueSchema Value { get; } = Reference("any value", "value", () => []);

    /// <summary>A parameter's values.</summary>
    public static ValueSchema ParameterValues { get; } =
        Reference(
            "values: a list, one value, or a range such as { from: 70, to: 110, step: 10 }",
            "values",
            () => [SweepSchemas.Range]
        );

    /// <summary>Whether a mapping must have the property.</summary>
    public bool IsRequired { get; private init; }

    /// <summary>Whether it is a mapping whose names the author chooses.</summary>
    public bool HasNames { get; private init; }

    /// <summary>The words it allows; empty where it is no choice of words.</summary>
    public IReadOnlyList<string> Words { get; private init; } = [];

    /// <summary>What may be written, as the end of a sentence.</summary>
    public string Form { get; }

    /// <summary>The mappings that it may be, or that stand in it.</summary>
    public IReadOnlyList<ObjectSchema> Mappings => _mappings?.Invoke() ?? [];

    /// <summary>The JSON Schema, without a description; a new object each time.</summary>
    public JsonObject Json => _json();

    private const string Durations = "[0-9]+([.][0-9]+)? ?(ms|s|m|h|d)|P[0-9]+[WD]|P([0-9]+D)?T[0-9.HMS]+";

    public static ValueSchema Required(ValueSchema schema) =>
        new(schema.Form, schema._json, schema._mappings)
        {
            IsRequired = true,
            Words = schema.Words,
            HasNames = schema.HasNames,
        };

    /// <summary>The same values, in other words.</summary>
    public static ValueSchema Noted(ValueSchema schema, string form) =>
        new(form, schema._json, schema._mappings) { IsRequired = schema.IsRequired, Words = schema.Words };

    /// <summary>A mapping with these properties and no others.</summary>
    public static ValueSchema Mapping(ObjectSchema schema) =>
        new("a mapping", () => SchemaWriter.Mapping(schema), () => [schema]);

    /// <summary>A definition of the JSON Schema, by name.</summary>
    public static ValueSchema Reference(string form, string definition, Func<IReadOnlyList<ObjectSchema>> mappings) =>
        new(form, () => new JsonObject { ["$ref"] = $"#/definitions/{definition}" }, mappings);

    /// <summary>A mapping whose names the author chooses.</summary>
    public static ValueSchema MapOf(ValueSchema values) =>
        new(
            $"a mapping of names, each to {values.Form}",
            () => new JsonObject { ["type"] = "object", ["additionalProperties"] = values.Json },
            values._mappings
        )
        {
            HasNames = true,
        };

    public static ValueSchema ListOf(ValueSchema items) =>
        new(
            $"a list, each item {items.Form}",
            () => new JsonObject { ["type"] = "array", ["items"] = items.Json },
            items._mappings
        );

    /// <summary>A list that is not empty.</summary>
    public static ValueSchema Some(ValueSchema items) =>
        new(
            $"a list, each item {items.Form}",
            () =>
                new JsonObject
                {
                    ["type"] = "array",
                    ["minItems"] = 1,
                    ["items"] = items.Json,
                },
            items._mappings
        );

    /// <summary>A mapping whose names are JSON Pointers.</summary>
    public static ValueSchema PointersTo(ValueSchema values) =>
        new(
            $"a mapping of JSON Pointers, each to {values.Form}",
            () =>
                new JsonObject
                {
                    ["type"] = "object",
                    ["propertyNames"] = new JsonObject { ["pattern"] = "^(/.*)?$" },
                    ["additionalProperties"] = values.Json,
                },
            values._mappings
        )
        {
            HasNames = true,
        };

    public static ValueSchema Either(params ValueSchema[] schemas) =>
        new(
            string.Join(", or ", schemas.Select(schema => schema.Form).Distinct(StringComparer.Ordinal)),
            () => new JsonObject { ["anyOf"] = new JsonArray([.. schemas.Select(schema => (JsonNode)schema.Json)]) },
            () => [.. schemas.SelectMany(schema => schema.Mappings).Distinct()]
        )
        {
            Words = [.. schemas.SelectMany(schema => schema.Words)],
            HasNames = schemas.Any(schema => schema.HasNames),
        };

    /// <summary>One value, or a list of them.</summary>
    public static ValueSchema OneOrMore(ValueSchema schema) => Either(schema, ListOf(schema));

    /// <summary>One of these words.</summary>
    public static ValueSchema Word(params IReadOnlyList<string> words) =>
        new(
            words.Count == 1 ? $"the word {words[0]}" : $"one of {string.Join(", ", words)}",
            () => new JsonObject { ["enum"] = new JsonArray([.. words.Select(word => (JsonNode)word)]) }
        )
        {
            Words = words,
        };

    private static ValueSchema Parse(string form, string json) => new(form, () => (JsonObject)JsonNode.Parse(json)!);
}
