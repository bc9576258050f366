using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using AimmsOrchestrator.Emulator.Faults;
using AimmsOrchestrator.Emulator.Http;
using AimmsOrchestrator.Emulator.Models;
using AimmsOrchestrator.Emulator.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AimmsOrchestrator.Emulator;

/// <summary>
/// A task service on this machine's loopback address with the contract of the AIMMS task service, for both hosts
/// (<c>/api</c> as AIMMS Developer, <c>/pro-api</c> as the AIMMS Cloud) and both versions. It solves real models. Not
/// emulated: recurring tasks (such a submit is answered with 400) and statistics.
/// </summary>
public sealed class TaskServiceEmulator : IAsyncDisposable
{
    /// <summary>In bytes; the largest of the published limits, 256 MB on the cloud's version 1.</summary>
    private const long LargestRequest = 256L * 1024 * 1024;

    private readonly WebApplication _application;
    private readonly TaskQueue _queue;
    private readonly List<ITimer> _changes;
    private readonly HookCaller _hooks;

    private TaskServiceEmulator(
        WebApplication application,
        TrafficLog traffic,
        TaskQueue queue,
        List<ITimer> changes,
        HookCaller hooks
    )
    {
        (_application, _queue, _changes, _hooks) = (application, queue, changes, hooks);
        Traffic = traffic;
        var server = application.Services.GetRequiredService<IServer>();
        Address = new Uri(server.Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    /// <summary>The services that it has without any of its owner's.</summary>
    public static IReadOnlyCollection<string> ServiceNames { get; } =
    [.. new ModelLibrary(new SeededRandom(0), services: []).Names];

    /// <summary>Where it listens: <c>http://127.0.0.1:port</c>.</summary>
    public Uri Address { get; }

    /// <summary>How many tasks run at a time; fewer than run now end none.</summary>
    public int Parallel
    {
        get => _queue.Parallel;
        set => _queue.Parallel = value;
    }

    /// <summary>What it received.</summary>
    public TrafficLog Traffic { get; }

    /// <summary>Starts a service.</summary>
    /// <exception cref="PortInUseException">Another program listens on the port.</exception>
    public static async Task<TaskServiceEmulator> StartAsync(
        EmulatorOptions options,
        TimeProvider time,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder
            .WebHost.UseKestrelCore()
            .UseKestrelHttpsConfiguration()
            .ConfigureKestrel(kestrel =>
            {
                kestrel.Listen(IPAddress.Loopback, options.Port, listening => Secure(listening, options.Certificate));
                kestrel.Limits.MaxRequestBodySize = LargestRequest;
                kestrel.AddServerHeader = false;
            });

        var random = new SeededRandom(options.Seed);
        var traffic = new TrafficLog(options.KeptBytes);
        var models = new ModelLibrary(random, options.Services);
        var tasksTime = new ShiftedTime(time, TimeSpan.FromSeconds(options.Faults.ClockSeconds));
        var hooks = new HookCaller(options.Faults, random, time, traffic);
        var queue = new TaskQueue(options, models, tasksTime, traffic, hooks.Changed);
        var applications = new Applications();
        var endpoints = new TaskEndpoints(options, queue, random, traffic, tasksTime);
        var submit = new SubmitEndpoint(options, queue, models, applications, random, tasksTime);
        var gate = new FaultGate(options.Faults, random, time);
        var service = new ServiceApplication(
            options,
            queue,
            endpoints,
            submit,
            new ApplicationEndpoints(applications),
            gate,
            traffic,
            time
        );
        var application = builder.Build();
        application.Run(service.HandleAsync);
        try
        {
            await application.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException e) when (e.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            await application.DisposeAsync().ConfigureAwait(false);
            hooks.Dispose();
            throw new PortInUseException($"port {options.Port} is taken by another program", e);
        }
        catch (SocketException e)
        {
            await application.DisposeAsync().ConfigureAwait(false);
            hooks.Dispose();
            throw new PortInUseException($"port {options.Port} cannot be listened on: {e.Message}", e);
        }

        var changes = options.ParallelChanges.Select(change =>
            time.CreateTimer(_ => queue.Parallel = change.Parallel, null, change.After, Timeout.InfiniteTimeSpan)
        );
        return new TaskServiceEmulator(application, traffic, queue, [.. changes], hooks);
    }

    private static void Secure(ListenOptions listening, X509Certificate2? certificate)
    {
        if (certificate is not null)
        {
            listening.UseHttps(certificate);
        }
    }

    /// <summary>Stops listening at once; tasks that run are abandoned.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var change in _changes)
        {
            await change.DisposeAsync().ConfigureAwait(false);
        }

        using var atOnce = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await _application.StopAsync(atOnce.Token).ConfigureAwait(false);
        await _application.DisposeAsync().ConfigureAwait(false);
        _hooks.Dispose();
        _queue.Dispose();
    }

    /// <summary>The program that starts the service handles signals.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
