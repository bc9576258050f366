using System.Text.Json.Nodes;

namespace AimmsOrchestrator.Scenarios.Language;

/// <summary>Writes the scenario language as JSON Schema (draft-07, which the YAML servers of editors understand).</summary>
internal static class SchemaWriter
{
    /// <summary>Texts that another language reads as a range, such as <c>70..110</c>.</summary>
    private const string Range =
        "^(-?[0-9.]+ *[.][.]+ *-?[0-9.]+.*|(np[.]|numpy[.])?(range|arange|linspace|logspace|geomspace|seq) *[(].*[)])$";

    /// <summary>Texts that another language reads as a distribution, such as <c>normal(0, 1)</c>.</summary>
    private const string Call = "^(N|U|([Uu]ni|[Nn]or|[Ll]og|[Tt]ri|[Bb]eta|[Gg]au)[A-Za-z]*) *[(].*[)]$";

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

    /// <summary>A mapping with its properties, and no others.</summary>
    public static JsonObject Mapping(ObjectSchema schema)
    {
        var json = new JsonObject
        {
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["properties"] = new JsonObject(
                schema.Select(property => KeyValuePair.Create(property.Name, (JsonNode?)Described(property)))
            ),
        };
        var required = schema.Where(property => property.Schema.IsRequired).Select(p => (JsonNode)p.Name).ToArray();
        if (required.Length > 0)
        {
            json["required"] = new JsonArray(required);
        }

        if (schema.Rules.Count > 0)
        {
            json["allOf"] = new JsonArray([.. schema.Rules.Select(rule => JsonNode.Parse(rule))]);
        }

        return json;
    }

    private static JsonObject Described(SchemaProperty property)
    {
        var json = property.Schema.Json;
        if (property.Description.Length == 0)
        {
            return json;
        }

        // Draft-07 ignores everything beside a $ref.
        if (json.ContainsKey("$ref"))
        {
            json = new JsonObject { ["allOf"] = new JsonArray(json) };
        }

        json["description"] = property.Description;
        return json;
    }

    private static JsonObject Values() =>
        new()
        {
            ["description"] =
                "A parameter's values: a list, one value, or a range such as { from: 70, to: 110, step: 10 }.",
            ["anyOf"] = new JsonArray(
                JsonNode.Parse(
                    $$"""{ "type": ["string", "number", "boolean", "null"], "not": { "pattern": "{{Range}}" } }"""
                ),
                JsonNode.Parse(
                    $$"""{ "type": "array", "minItems": 1, "items": { "not": { "type": "string", "pattern": "{{Range}}" } } }"""
                ),
                Mapping(SweepSchemas.Range)
            ),
        };

    /// <summary>The numbers of a distribution in their order; a choice lists its values.</summary>
    private static JsonObject Listed(ObjectSchema schema)
    {
        var least = schema.Count(property => property.Schema.IsRequired);
        return schema == SweepSchemas.Choice
            ? new JsonObject { ["type"] = "array", ["minItems"] = 1 }
            : new JsonObject
            {
                ["type"] = "array",
                ["items"] = new JsonObject { ["type"] = "number" },
                ["minItems"] = least,
                ["maxItems"] = schema.Names.Count(),
            };
    }

    private static JsonObject Distribution()
    {
        var kinds = new JsonObject();
        foreach (var schema in SweepSchemas.Distributions)
        {
            kinds[schema.Path] = new JsonObject { ["anyOf"] = new JsonArray(Listed(schema), Mapping(schema)) };
        }

        return new JsonObject
        {
            ["description"] = "A parameter's distribution, such as { uniform: [70, 110] }.",
            ["anyOf"] = new JsonArray(
                JsonNode.Parse($$"""{ "type": ["string", "number", "boolean"], "not": { "pattern": "{{Call}}" } }"""),
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
