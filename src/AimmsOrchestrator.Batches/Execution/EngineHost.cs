using AimmsOrchestrator.Engine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AimmsOrchestrator.Batches.Execution;

/// <summary>The host of the engine's actors, for one batch or for many. It leaves signals and the console alone.</summary>
public sealed class EngineHost : IAsyncDisposable
{
    private readonly Task<IHost> _host;

    private EngineHost(Task<IHost> host) => _host = host;

    /// <summary>Begins to start it, beside the caller's own work: that takes a third of the time to a batch's first request.</summary>
    public static EngineHost Start(TimeProvider time) => new(Task.Run(() => StartAsync(time)));

    /// <summary>The engine, once it has started.</summary>
    public async Task<BatchEngine> EngineAsync() => (await _host).Services.GetRequiredService<BatchEngine>();

    public async ValueTask DisposeAsync()
    {
        using var host = await _host;
        await host.StopAsync();
    }

    private static async Task<IHost> StartAsync(TimeProvider time)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddSingleton(time);
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        // Jitter only spreads requests out: no seed, so that two machines do not poll in step.
#pragma warning disable RS0030 // The one place that hands chance out.
        builder.Services.AddBatchEngine(Random.Shared.NextDouble);
#pragma warning restore RS0030
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    /// <summary>The default lifetime would take Ctrl-C for itself.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
