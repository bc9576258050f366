using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AimmsOrchestrator.Domain.Planning;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace AimmsOrchestrator.Server.OpenApi;

/// <summary>What a type does not say of its JSON.</summary>
internal static class SchemaDetails
{
    public static Task DescribeAsync(
        OpenApiSchema schema,
        OpenApiSchemaTransformerContext context,
        CancellationToken cancellation
    )
    {
        var type = context.JsonTypeInfo.Type;
        if (type == typeof(ParameterSet))
        {
            schema.Type = JsonSchemaType.Object;
            schema.Properties = null;
            schema.Items = null;
            schema.Required = null;
            schema.AdditionalProperties = new OpenApiSchema();
        }
        else if (
            context.JsonTypeInfo is { Kind: JsonTypeInfoKind.Dictionary, ElementType: { } element }
            && element == typeof(JsonElement)
        )
        {
            // Any value, which is a schema as well.
            schema.AdditionalProperties = new OpenApiSchema();
        }

        return Task.CompletedTask;
    }
}
