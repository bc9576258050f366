using System.Net;
using System.Net.Sockets;
using AimmsOrchestrator.Domain.TaskService;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AimmsOrchestrator.Batches.Hooks;

/// <summary>
/// Listens for the service's calls while a batch is executed: PUT requests to one path, answered at once. Only batches with a
/// <c>poll.hook</c> load the web server.
/// </summary>
internal sealed class HookReceiver : IAsyncDisposable
{
    private const int LargestRequestLine = 4 * 1024;
    private const int LargestHeaders = 8 * 1024;
    private const int LargestBody = 64 * 1024;
    private const int MostConnections = 256;

    private readonly WebApplication _application;

    private HookReceiver(WebApplication application, HookRegister hooks)
    {
        _application = application;
        Hooks = hooks;
    }

    /// <summary>Gives out the addresses.</summary>
    public HookRegister Hooks { get; }

    /// <summary>Starts to listen on the address's port: on the loopback address where its host is this machine, on all otherwise.</summary>
    /// <param name="hook">The public address.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="HookPortException">The port cannot be listened on.</exception>
    public static async Task<HookReceiver> StartAsync(Uri hook, TimeProvider time)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, hook));
        var application = builder.Build();
        var hooks = new HookRegister(hook, time);
        application.Run(context =>
        {
            Answer(context, hook.AbsolutePath, hooks);
            return Task.CompletedTask;
        });
        try
        {
            await application.StartAsync().ConfigureAwait(false);
            return new HookReceiver(application, hooks);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            await application.DisposeAsync().ConfigureAwait(false);
            throw HookPort.Refused(hook, e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        using var atOnce = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await _application.StopAsync(atOnce.Token).ConfigureAwait(false);
        await _application.DisposeAsync().ConfigureAwait(false);
    }

    private static void Configure(KestrelServerOptions kestrel, Uri hook)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = MostConnections;
        kestrel.Limits.MaxRequestLineSize = LargestRequestLine;
        kestrel.Limits.MaxRequestHeadersTotalSize = LargestHeaders;
        kestrel.Limits.MaxRequestBodySize = LargestBody;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(5);
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(30);
        if (!hook.IsLoopback)
        {
            kestrel.ListenAnyIP(hook.Port, Http1);
        }
        else if (IPAddress.TryParse(hook.DnsSafeHost, out var address))
        {
            kestrel.Listen(address, hook.Port, Http1);
        }
        else
        {
            kestrel.ListenLocalhost(hook.Port, Http1);
        }
    }

    private static void Http1(ListenOptions listen) => listen.Protocols = HttpProtocols.Http1;

    /// <summary>A body is never read: what the service writes into it is not published, and nothing depends on it.</summary>
    private static void Answer(HttpContext context, string path, HookRegister hooks)
    {
        var (request, response) = (context.Request, context.Response);
        if (request.Path.ToUriComponent() != path)
        {
            response.StatusCode = StatusCodes.Status404NotFound;
        }
        else if (!HttpMethods.IsPut(request.Method))
        {
            response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            response.Headers.Allow = HttpMethods.Put;
        }
        else if (request.ContentLength > LargestBody)
        {
            response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            response.Headers.Connection = "close";
        }
        else
        {
            response.StatusCode = hooks.Call(
                request.Query[HookRegister.KeyName].LastOrDefault(),
                request.Query["task_state"].LastOrDefault()
            ) switch
            {
                HookAnswer.Taken => StatusCodes.Status204NoContent,
                HookAnswer.TooMany => StatusCodes.Status429TooManyRequests,
                _ => StatusCodes.Status404NotFound,
            };
        }
    }

    /// <summary>The program handles signals.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
