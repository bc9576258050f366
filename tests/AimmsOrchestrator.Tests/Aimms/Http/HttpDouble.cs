using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace AimmsOrchestrator.Tests.Aimms.Http;

/// <summary>A service with the answers of a test.</summary>
internal sealed class HttpDouble : IAsyncDisposable
{
    private readonly WebApplication _application;

    private HttpDouble(WebApplication application, Uri address)
    {
        _application = application;
        Address = address;
    }

    public Uri Address { get; }

    public static async Task<HttpDouble> StartAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var application = builder.Build();
        application.Run(answer);
        await application.StartAsync();
        return new HttpDouble(application, new Uri(application.Urls.First()));
    }

    public async ValueTask DisposeAsync() => await _application.DisposeAsync();
}
