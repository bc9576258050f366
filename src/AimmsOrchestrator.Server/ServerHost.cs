using System.Net;
using System.Net.Sockets;
using System.Text.Json.Serialization;
using System.Threading.RateLimiting;
using AimmsOrchestrator.Batches.Documents;
using AimmsOrchestrator.Domain.Cluster;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Server.Access;
using AimmsOrchestrator.Server.Answers;
using AimmsOrchestrator.Server.Events;
using AimmsOrchestrator.Server.Fleet;
using AimmsOrchestrator.Server.Http;
using AimmsOrchestrator.Server.Nodes;
using AimmsOrchestrator.Server.OpenApi;
using AimmsOrchestrator.Server.Schedules;
using AimmsOrchestrator.Server.Settings;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AimmsOrchestrator.Server;

/// <summary>A server for a team: drives the workspace's batches, and answers over HTTP.</summary>
public sealed class ServerHost : IAsyncDisposable
{
    private const int MostStreams = 2000;

    private readonly WebApplication _application;

    private ServerHost(WebApplication application) => _application = application;

    /// <summary>Where it answers.</summary>
    public Uri Address =>
        new(
            _application
                .Services.GetRequiredService<IServer>()
                .Features.Get<IServerAddressesFeature>()!
                .Addresses.First()
        );

    /// <summary>A part of it; for tests.</summary>
    internal T Part<T>()
        where T : notnull => _application.Services.GetRequiredService<T>();

    /// <summary>
    /// Complete once this node has been lost to its cluster, with the reason: the process must end then, and be started again. Never
    /// where there is no cluster.
    /// </summary>
    public Task<string> Lost => Cluster?.Lost ?? new TaskCompletionSource<string>().Task;

    private IClusterView? Cluster => _application.Services.GetService<IClusterView>();

    /// <summary>Starts a server; unfinished batches are taken up at once.</summary>
    /// <param name="options">How.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logging">Where its log goes; nowhere by default.</param>
    /// <exception cref="ServerException">It cannot listen, or may not without a token.</exception>
    /// <exception cref="JournalException">The workspace cannot be written.</exception>
    public static async Task<ServerHost> StartAsync(
        ServerOptions options,
        TimeProvider time,
        Action<ILoggingBuilder>? logging = null
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        logging?.Invoke(builder.Logging);
        AddServices(builder.Services, options, time);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, options));
        var application = builder.Build();
        try
        {
            RefuseOpenDoor(application.Services.GetRequiredService<AccessControl>(), options.Listen);
            Pipeline(application, options);
            await application.StartAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (options.WhyNoCluster?.Invoke(e) is { } why)
        {
            await application.DisposeAsync().ConfigureAwait(false);
            throw new ServerException(why, e);
        }
        catch (OperationCanceledException e)
            when (application.Services.GetService<IClusterView>() is { Lost: { IsCompletedSuccessfully: true } lost })
        {
            // A node that is lost stops its host, which may be on its way to serve.
            await application.DisposeAsync().ConfigureAwait(false);
            throw new ServerException(await lost.ConfigureAwait(false), e);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            await application.DisposeAsync().ConfigureAwait(false);
            throw new ServerException(
                $"{options.Listen.Authority} cannot be listened on: {(e.InnerException ?? e).Message}",
                e
            );
        }
        catch
        {
            await application.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        application.Services.GetRequiredService<BatchFleet>().Start();
        application.Services.GetRequiredService<ScheduleClock>().Start();
        return new ServerHost(application);
    }

    /// <summary>
    /// Stops: streams end, submits under way are answered, tasks at the service are left alone, and recipients of batches that
    /// have ended are notified, for half a minute at most. The next start goes on.
    /// </summary>
    public async Task StopAsync()
    {
        _application.Services.GetRequiredService<EventHub>().Stop();
        await _application.Services.GetRequiredService<ScheduleClock>().StopAsync().ConfigureAwait(false);
        _application.Services.GetRequiredService<ServerOptions>().Nodes?.Leave();
        var left = _application.Services.GetRequiredService<BatchFleet>().StopAsync();
        await Task.WhenAll(left, Cluster?.LeaveAsync(left) ?? Task.CompletedTask).ConfigureAwait(false);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await _application.StopAsync(patience.Token).ConfigureAwait(false);
        // The last, once nothing begins a batch any more: neither a hand-over nor a request waits for it.
        await _application.Services.GetRequiredService<EndNotifications>().StopAsync().ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync() => await _application.DisposeAsync().ConfigureAwait(false);

    private static void RefuseOpenDoor(AccessControl access, Uri listen)
    {
        if (!listen.IsLoopback && !access.HasTokens)
        {
            throw new ServerException(
                $"{listen.Authority} can be reached from other machines, and there is no token yet: `aimms-batch token create NAME --role admin` makes one"
            );
        }
    }

    private static void AddServices(IServiceCollection services, ServerOptions options, TimeProvider time)
    {
        services.AddSingleton<IHostLifetime, NoLifetime>();
        services.AddSingleton(options);
        services.AddSingleton(time);
        services.AddSingleton(new AccessControl(options.Workspace, time));
        services.AddSingleton<Sessions>();
        services.AddSingleton<ResponseQuota>();
        services.AddSingleton<QuotaPauses>();
        services.AddSingleton<EndNotifications>();
        services.AddSingleton<BatchFleet>();
        services.AddSingleton<IBatchDriver, FleetDriver>();
        options.AddCluster?.Invoke(services);
        services.AddSingleton<Intake>();
        services.AddSingleton<StatusBoard>();
        services.AddSingleton<ScheduleBook>();
        services.AddSingleton<ScheduleClock>();
        services.AddSingleton<EventHub>();
        services.AddSingleton<ReaderPool>();
        services.AddScoped<BatchAccess>();
        services.AddDataProtection().SetApplicationName("aimms-batch");
        services.Configure<KeyManagementOptions>(keys => keys.XmlRepository = new SessionKeys(options.Workspace));
        services.AddRoutingCore();
        services.AddProblemDetails();
        services.AddOpenApi(description =>
            ApiDescription.Configure(description, typeof(ProgressDocument), typeof(RunDocument))
        );
        services.AddSingleton<DescriptionText>();
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, BatchJsonContext.Default);
            json.SerializerOptions.TypeInfoResolverChain.Insert(1, ServerJsonContext.Default);
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter());
        });
        services.Configure<FormOptions>(form => form.MultipartBodyLengthLimit = options.Settings.MostUploadBytes);
        services
            .AddAuthentication(TokenHandler.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, TokenHandler>(TokenHandler.SchemeName, configureOptions: null);
        services
            .AddAuthorizationBuilder()
            .AddPolicy(Callers.Viewer, policy => policy.RequireRole(Callers.Viewer))
            .AddPolicy(Callers.Runner, policy => policy.RequireRole(Callers.Runner))
            .AddPolicy(Callers.Admin, policy => policy.RequireRole(Callers.Admin));
        services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.OnRejected = async (rejected, _) =>
                await Problems
                    .WriteAsync(rejected.HttpContext, 429, "too many requests: slow down")
                    .ConfigureAwait(false);
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
                RateLimitPartition.GetTokenBucketLimiter(
                    context.User.Identity?.Name ?? context.Connection.RemoteIpAddress?.ToString() ?? "",
                    _ => BucketOf(options)
                )
            );
        });
    }

    private static TokenBucketRateLimiterOptions BucketOf(ServerOptions options)
    {
        var rate = options.Settings.Requests;
        return new TokenBucketRateLimiterOptions
        {
            TokenLimit = Math.Max(1, 2 * rate.Count),
            TokensPerPeriod = rate.Count,
            ReplenishmentPeriod = rate.Period,
            AutoReplenishment = true,
        };
    }

    private static void Configure(KestrelServerOptions kestrel, ServerOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = options.Settings.MostUploadBytes;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        kestrel.Limits.MaxConcurrentConnections = MostStreams;
        var listen = options.Listen;
        if (IPAddress.TryParse(listen.DnsSafeHost, out var address))
        {
            kestrel.Listen(address, listen.Port);
        }
        else if (listen.IsLoopback)
        {
            kestrel.ListenLocalhost(listen.Port);
        }
        else
        {
            kestrel.ListenAnyIP(listen.Port);
        }
    }

    private static void Pipeline(WebApplication application, ServerOptions options)
    {
        application.UseExceptionHandler(failed => failed.Run(Refusals.WriteFailureAsync));
        application.UseStatusCodePages(failed => Refusals.WriteAsync(failed.HttpContext));
        // A reverse proxy on this machine is believed: sessions of its pages are for HTTPS alone, and rates are those of its clients.
        application.UseForwardedHeaders(
            new ForwardedHeadersOptions
            {
                ForwardedHeaders = ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedFor,
            }
        );
        application.UseMiddleware<OriginGuard>(options.Listen);
        application.UseRouting();
        application.UseMiddleware<RequestScope>();
        application.UseAuthentication();
        application.UseRateLimiter();
        application.UseAuthorization();
        application
            .MapGet("/healthz", () => TypedResults.Text("alive\n"))
            .DisableRateLimiting()
            .Described("isAlive", "Whether the process lives")
            .Produces<string>(200, "text/plain");
        application
            .MapGet("/readyz", Ready)
            .DisableRateLimiting()
            .Described("isReady", "Whether it can take work", 503)
            .Produces<string>(200, "text/plain");
        application
            .MapGet(
                "/openapi.json",
                async (DescriptionText text) => TypedResults.Text(await text.ReadAsync(), "application/json")
            )
            .ExcludeFromDescription();
        PageEndpoints.Map(application);
        var api = application
            .MapGroup("/api")
            .ProducesProblem(401)
            .ProducesProblem(403)
            .ProducesProblem(429)
            .ProducesProblem(500)
            .ProducesProblem(503);
        SubmitEndpoints.Map(api);
        BatchEndpoints.Map(api);
        ViewEndpoints.Map(api);
        ResponseEndpoints.Map(api);
        ControlEndpoints.Map(api);
        EndEndpoints.Map(api);
        EventEndpoints.Map(api);
        ScheduleEndpoints.Map(api);
        ServiceEndpoints.Map(api);
        NodeEndpoints.Map(api);
        SessionEndpoints.Map(api);
    }

    private static IResult Ready(BatchFleet fleet, ServerOptions options, IServiceProvider services)
    {
        // Throws where the database does not answer, which is 503 as well.
        options.Nodes?.Read();
        return services.GetService<IClusterView>() is { TakesPart: false }
                ? Problems.Of(StatusCodes.Status503ServiceUnavailable, "this node takes no part in the cluster")
            : fleet.IsReady ? TypedResults.Text("ready\n")
            : Problems.Of(StatusCodes.Status503ServiceUnavailable, "unfinished batches are being taken up");
    }

    /// <summary>The command line handles signals.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
