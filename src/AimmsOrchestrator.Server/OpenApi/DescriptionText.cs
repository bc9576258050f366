using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace AimmsOrchestrator.Server.OpenApi;

/// <summary>The description as it is sent: made once, since any caller may ask for it, and making it takes its time.</summary>
internal sealed class DescriptionText([FromKeyedServices("v1")] IOpenApiDocumentProvider provider)
{
    private Task<string>? _text;

    public Task<string> ReadAsync() => LazyInitializer.EnsureInitialized(ref _text, () => MakeAsync(provider));

    private static async Task<string> MakeAsync(IOpenApiDocumentProvider provider)
    {
        var document = await provider.GetOpenApiDocumentAsync();
        return await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_0);
    }
}
