using System.Text.Json.Nodes;

namespace AimmsOrchestrator.Scenarios.Language;

/// <summary>Writes the scenario language as JSON Schema (draft-07, which the YAML servers of editors understand).</summary>
internal static class SchemaWriter
{
    public static JsonObject Scenario()
    {
        var schema = new JsonObject
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#",
            ["title"] = "A scenario of aimms-batch",
            ["description"] = "Which service to call, with which request, over which values, under which limits.",
        };
        foreach (var (name, value) in Mapping(ScenarioSchemas.Scenario).ToList())
        {
            schema[name] = value?.DeepClone();
        }

        schema["definitions"] = new JsonObject
        {
            ["value"] = new JsonObject
            {
                ["description"] = "A value of any type: a text, a number, a list, a mapping.",
            },
            ["values"] = Values(),
            ["sweep"] = Mapping(SweepSchemas.Sweep),
            ["distribution"] = Distribution(),
        };
        return schema;
    }

    /// <summary>The keys of a mapping, and no others.</summary>
    public static JsonObject Mapping(ObjectSchema shape)
    {
        var properties = new JsonObject();
        foreach (var key in shape.Keys)
        {
            properties[key.Name] = Described(key);
        }

        var schema = new JsonObject
        {
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["properties"] = properties,
        };
        var required = shape.Keys.Where(key => key.IsRequired).Select(key => (JsonNode)key.Name).ToArray();
        if (required.Length > 0)
        {
            schema["required"] = new JsonArray(required);
        }

        return schema;
    }

    private static JsonObject Described(SchemaProperty key)
    {
        var schema = key.Form.Schema;
        if (key.Description.Length == 0)
        {
            return schema;
        }

        // Beside a $ref, draft-07 looks at nothing else.
        if (schema.ContainsKey("$ref"))
        {
            schema = new JsonObject { ["allOf"] = new JsonArray(schema) };
        }

        schema["description"] = key.IsPlanned
            ? $"{key.Description} This version reads it, and does not carry it out yet."
            : key.Description;
        return schema;
    }

    private static JsonObject Values() =>
        new()
        {
            ["description"] =
                "A parameter's values: a list, one value, or a range such as { from: 70, to: 110, step: 10 }.",
            ["anyOf"] = new JsonArray(
                JsonNode.Parse("""{ "type": ["string", "number", "boolean", "null"] }"""),
                JsonNode.Parse("""{ "type": "array", "minItems": 1 }"""),
                Mapping(SweepSchemas.Range)
            ),
        };

    private static JsonObject Distribution()
    {
        var kinds = new JsonObject();
        foreach (var shape in SweepSchemas.Distributions)
        {
            kinds[shape.Path] = new JsonObject
            {
                ["anyOf"] = new JsonArray(new JsonObject { ["type"] = "array" }, Mapping(shape)),
            };
        }

        return new JsonObject
        {
            ["description"] = "What a parameter is drawn from, such as { uniform: [70, 110] }.",
            ["anyOf"] = new JsonArray(
                JsonNode.Parse("""{ "type": ["string", "number", "boolean"] }"""),
                new JsonObject
                {
                    ["type"] = "object",
                    ["additionalProperties"] = false,
                    ["minProperties"] = 1,
                    ["maxProperties"] = 1,
                    ["properties"] = kinds,
                }
            ),
        };
    }
}
