using AimmsOrchestrator.Server.Access;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace AimmsOrchestrator.Server.OpenApi;

/// <summary>The interface as <c>/openapi.json</c> describes it.</summary>
internal static class ApiDescription
{
    private const string Token = "token";
    private const string Session = "session";

    /// <param name="options">What makes the description.</param>
    /// <param name="events">The documents that streams of events have, which are no answer of their own.</param>
    public static void Configure(OpenApiOptions options, params Type[] events)
    {
        // The latest version that most generators of clients read.
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_0;
        options.AddSchemaTransformer(SchemaDetails.DescribeAsync);
        options.AddOperationTransformer(OperationDetails.DescribeAsync);
        options.AddDocumentTransformer(
            async (document, context, cancellation) =>
            {
                Describe(document);
                foreach (var type in events)
                {
                    document.AddComponent(
                        type.Name,
                        await context.GetOrCreateSchemaAsync(type, parameterDescription: null, cancellation)
                    );
                }
            }
        );
    }

    private static void Describe(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo
        {
            Title = "aimms-batch",
            Version = "1",
            Description = """
                Batches of optimization tasks: submit, follow, change, read. Errors are problem documents (RFC 9457), each with a
                sentence in the member "detail"; those of a scenario are in the member "mistakes", with their places.
                """,
        };
        // Wherever it is asked for: behind a proxy it has another address.
        document.Servers = [new OpenApiServer { Url = "/" }];
        document.AddComponent(
            Token,
            new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description =
                    "`aimms-batch token create NAME --role viewer|runner|admin` prints one. Without any token a server answers its own machine alone, and needs none.",
            }
        );
        document.AddComponent(
            Session,
            new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Cookie,
                Name = Sessions.Cookie,
                Description = "What `POST /api/session` gives a browser.",
            }
        );
        document.Security = Required(document);
        document.Tags = document
            .Paths.SelectMany(path => path.Value.Operations ?? [])
            .SelectMany(operation => operation.Value.Tags ?? new HashSet<OpenApiTagReference>())
            .Select(tag => tag.Reference.Id!)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .Select(name => new OpenApiTag { Name = name })
            .ToHashSet();
    }

    /// <summary>A token or a session.</summary>
    private static List<OpenApiSecurityRequirement> Required(OpenApiDocument document) =>
        [
            new() { [new OpenApiSecuritySchemeReference(Token, document)] = [] },
            new() { [new OpenApiSecuritySchemeReference(Session, document)] = [] },
        ];
}
