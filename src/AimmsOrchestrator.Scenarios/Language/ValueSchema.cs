using System.Text.Json.Nodes;
using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Expressions;
using AimmsOrchestrator.Scenarios.Yaml;

namespace AimmsOrchestrator.Scenarios.Language;

/// <summary>What a key may hold: as JSON Schema, and as a check for keys that no reader of their own reads.</summary>
internal sealed class ValueSchema
{
    private const string DurationPattern = "^([0-9]+(\\\\.[0-9]+)? ?(ms|s|m|h|d)|P.+)$";

    private readonly Func<JsonObject> _schema;
    private readonly Func<Node, string?> _complaint;

    private ValueSchema(Func<JsonObject> schema, Func<Node, string?>? complaint = null)
    {
        _schema = schema;
        _complaint = complaint ?? (_ => null);
    }

    public static ValueSchema Anything { get; } = new(() => []);

    public static ValueSchema Text { get; } =
        Scalar("""{ "type": ["string", "number", "boolean"] }""", "one word or text");

    public static ValueSchema WholeNumber { get; } = Written("""{ "type": "integer" }""");

    public static ValueSchema Count { get; } = Written("""{ "type": "integer", "minimum": 1 }""");

    public static ValueSchema Number { get; } = Written("""{ "type": "number" }""", IsNumber, "a number, such as 0.01");

    public static ValueSchema Truth { get; } = Written("""{ "type": "boolean" }""");

    public static ValueSchema Rate { get; } =
        Written("""{ "type": "string", "pattern": "^[0-9]+ ?/ ?(s|min|h|d)$" }""");

    public static ValueSchema Duration { get; } =
        Written($$"""{ "type": "string", "pattern": "{{DurationPattern}}" }""");

    /// <summary>Bare ECMAScript; <c>true</c> and <c>1</c> are expressions too.</summary>
    public static ValueSchema Expression { get; } =
        Written(
            """{ "type": ["string", "number", "boolean"] }""",
            text => text.Trim().Length > 0 && ExpressionCompiler.Parses(text),
            "an expression, such as attempt < 3"
        );

    /// <summary>A value of any type, an expression in it perhaps.</summary>
    public static ValueSchema Value { get; } = Reference("value");

    /// <summary>A parameter's values.</summary>
    public static ValueSchema Values { get; } = Reference("values");

    /// <summary>The mapping it is, where it is one.</summary>
    public ObjectSchema? Shape { get; private init; }

    /// <summary>The schema, without a description.</summary>
    public JsonObject Schema => _schema();

    /// <summary>Null where the node fits, else what would.</summary>
    public string? Complaint(Node node) => _complaint(node);

    /// <summary>A mapping with these keys.</summary>
    public static ValueSchema Mapping(ObjectSchema shape) => new(() => SchemaWriter.Mapping(shape)) { Shape = shape };

    /// <summary>What another place of the schema defines.</summary>
    public static ValueSchema Reference(string definition) =>
        new(() => new JsonObject { ["$ref"] = $"#/definitions/{definition}" });

    /// <summary>A mapping whose keys the author chooses.</summary>
    public static ValueSchema MapOf(ValueSchema form) =>
        new(
            () => new JsonObject { ["type"] = "object", ["additionalProperties"] = form.Schema },
            node => node is MappingNode ? null : "a mapping"
        );

    public static ValueSchema ListOf(ValueSchema form) =>
        new(
            () => new JsonObject { ["type"] = "array", ["items"] = form.Schema },
            node =>
                node is SequenceNode list
                    ? list.Items.Select(form.Complaint).FirstOrDefault(complaint => complaint is not null)
                    : "a list"
        );

    /// <summary>Any of them.</summary>
    public static ValueSchema Either(params ValueSchema[] forms) =>
        new(
            () => new JsonObject { ["anyOf"] = new JsonArray([.. forms.Select(form => (JsonNode)form.Schema)]) },
            node =>
            {
                var complaints = forms.Select(form => form.Complaint(node)).ToList();
                return complaints.Contains(null) ? null : string.Join(", or ", complaints);
            }
        );

    /// <summary>One of these words.</summary>
    public static ValueSchema Word(params string[] words) =>
        new(
            () => new JsonObject { ["enum"] = new JsonArray([.. words.Select(word => (JsonNode)word)]) },
            node =>
                node is ScalarNode scalar && words.Contains(scalar.Text)
                    ? null
                    : $"{string.Join(", ", words)}{Hint(node, words)}"
        );

    /// <summary>A text with a form of its own.</summary>
    public static ValueSchema Written(string schema, Func<string, bool>? fits = null, string wanted = "") =>
        new(
            () => Read(schema),
            node => node is ScalarNode scalar && (fits is null || fits(scalar.Text)) ? null : wanted
        );

    private static ValueSchema Scalar(string schema, string wanted) =>
        new(() => Read(schema), node => node is ScalarNode { Text.Length: > 0 } ? null : wanted);

    private static string Hint(Node node, string[] words) =>
        node is ScalarNode scalar ? DidYouMean.Hint(scalar.Text, words) : "";

    private static bool IsNumber(string text) =>
        double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number)
        && double.IsFinite(number);

    private static JsonObject Read(string schema) => (JsonObject)JsonNode.Parse(schema)!;
}
