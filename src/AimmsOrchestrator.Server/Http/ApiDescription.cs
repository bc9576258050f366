using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace AimmsOrchestrator.Server.Http;

/// <summary>The interface as <c>/openapi.json</c> describes it.</summary>
internal static class ApiDescription
{
    public static void Configure(OpenApiOptions options) =>
        options.AddDocumentTransformer(
            (document, _, _) =>
            {
                document.Info = new OpenApiInfo
                {
                    Title = "aimms-batch",
                    Version = "1",
                    Description = "Batches of optimization tasks: submit, follow, change, read.",
                };
                document.Components ??= new OpenApiComponents();
                document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
                document.Components.SecuritySchemes["token"] = new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.Http,
                    Scheme = "bearer",
                    Description = "`aimms-batch token create NAME --role viewer|runner|admin`",
                };
                return Task.CompletedTask;
            }
        );
}
