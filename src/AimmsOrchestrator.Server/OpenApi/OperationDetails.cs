using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace AimmsOrchestrator.Server.OpenApi;

/// <summary>What a route's own declaration does not say of it: its group, its right, its forms and its examples.</summary>
internal static class OperationDetails
{
    /// <summary>Parameters of many routes.</summary>
    private static readonly Dictionary<string, string> Parameters = new(StringComparer.Ordinal)
    {
        ["id"] = "The batch's id, such as transport-3",
        ["number"] = "The schedule's id",
        ["index"] = "The run's index in its batch, from 0",
        ["Last-Event-ID"] = "The id of the last event that was received: what ended since comes first",
    };

    public static Task DescribeAsync(
        OpenApiOperation operation,
        OpenApiOperationTransformerContext context,
        CancellationToken cancellation
    )
    {
        operation.Tags = new HashSet<OpenApiTagReference>
        {
            new(GroupOf(context.Description.RelativePath ?? ""), context.Document),
        };
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<IAuthorizeData>().FirstOrDefault() is { } right)
        {
            operation.Description = $"For a {right.Policy} or more.";
        }
        else
        {
            operation.Security = [];
        }

        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>())
        {
            parameter.Description ??= Parameters.GetValueOrDefault(parameter.Name ?? "");
        }

        if (metadata.OfType<TakesScenario>().Any())
        {
            operation.RequestBody = ScenarioBody();
        }

        operation.Responses = Sorted(operation.Responses);
        ApiExamples.AddTo(operation);
        return Task.CompletedTask;
    }

    /// <summary>By status, the successes first.</summary>
    private static OpenApiResponses Sorted(OpenApiResponses? responses)
    {
        var sorted = new OpenApiResponses();
        foreach (var (status, response) in (responses ?? []).OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            sorted[status] = response;
        }

        return sorted;
    }

    /// <summary>The first part of a path below <c>/api</c>: what it is about.</summary>
    private static string GroupOf(string path) =>
        path.TrimStart('/').Split('/') switch
        {
            ["api", "plan", ..] => "batches",
            ["api", var group, ..] => group,
            _ => "health",
        };

    /// <summary>Which an endpoint reads by itself, part by part.</summary>
    private static OpenApiRequestBody ScenarioBody()
    {
        var file = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" };
        return new OpenApiRequestBody
        {
            Required = true,
            Description = "A scenario with the files that it reads, or its YAML alone.",
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["multipart/form-data"] = new OpenApiMediaType
                {
                    Schema = new OpenApiSchema
                    {
                        Type = JsonSchemaType.Object,
                        Required = new HashSet<string> { "scenario" },
                        Properties = new Dictionary<string, IOpenApiSchema>
                        {
                            ["scenario"] = file,
                            ["file"] = new OpenApiSchema
                            {
                                Type = JsonSchemaType.Array,
                                Items = file,
                                Description = "Each with the name that the scenario gives it, such as cases/all.csv",
                            },
                        },
                    },
                },
                ["application/yaml"] = new OpenApiMediaType
                {
                    Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                },
            },
        };
    }
}
