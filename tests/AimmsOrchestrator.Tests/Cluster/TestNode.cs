using AimmsOrchestrator.Cluster;
using AimmsOrchestrator.Cluster.Settings;
using AimmsOrchestrator.Domain.Cluster;
using AimmsOrchestrator.Tests.Testing;
using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AimmsOrchestrator.Tests.Cluster;

/// <summary>One node on loopback in the test's own process, with a driver that pretends.</summary>
internal sealed class TestNode : IAsyncDisposable
{
    /// <summary>A node that is stopped hard says no farewell.</summary>
    private const string Hocon = "akka.coordinated-shutdown.run-by-actor-system-terminate = off";

    private readonly SharedDatabase _database;
    private readonly IHost _host;

    private TestNode(string name, SharedDatabase database, BatchClusterOptions options)
    {
        (Driver, _database) = (new FakeNode(name, database), database);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder
            .Services.AddLogging()
            .AddSingleton(TimeProvider.System)
            .AddSingleton<IBatchDriver>(Driver)
            .AddSingleton<ILeftBatches>(Driver)
            .AddSingleton<ILeaseTable>(database)
            .Configure<HostOptions>(host => host.ShutdownTimeout = ClusterServices.LongestShutdown)
            .AddBatchCluster(options, akka => akka.AddHocon(Hocon, HoconAddMode.Prepend));
        _host = builder.Build();
    }

    /// <summary>What it drives, and finds.</summary>
    public FakeNode Driver { get; }

    public IClusterView View => _host.Services.GetRequiredService<IClusterView>();

    public NodeAddress Address
    {
        get
        {
            var self = Akka.Cluster.Cluster.Get(System).SelfAddress;
            return new NodeAddress(self.Host, self.Port!.Value);
        }
    }

    private IActorRef Region => ActorRegistry.For(System).Get<ClusterServices.BatchRegion>();

    private ActorSystem System => _host.Services.GetRequiredService<ActorSystem>();

    public static async Task<TestNode> StartAsync(string name, SharedDatabase database, BatchClusterOptions options)
    {
        var node = new TestNode(name, database, options);
        try
        {
            await node._host.StartAsync();
        }
        catch (OperationCanceledException) when (node.View.Lost.IsCompleted)
        {
            // It was lost before its host had started.
        }

        return node;
    }

    /// <summary>As by SIGTERM.</summary>
    public Task StopAsync() => _host.StopAsync();

    /// <summary>As by kill -9: nothing is handed over, and no node hears of it.</summary>
    public async Task KillAsync()
    {
        _database.Kill(Driver.Name);
        await System.Terminate();
    }

    /// <summary>Declares another node dead, as the split brain resolver does.</summary>
    public void Remove(TestNode other) =>
        Akka.Cluster.Cluster.Get(System).Down(Akka.Cluster.Cluster.Get(other.System).SelfAddress);

    /// <summary>To how many nodes batches are given.</summary>
    public async Task<int> CountRegionsAsync() =>
        (await Region.Ask<CurrentRegions>(GetCurrentRegions.Instance, Waiting.Patience)).Regions.Count;

    public void StopRegion() => System.Stop(Region);

    /// <summary>As another node would.</summary>
    public void Send(object message) => Region.Tell(message, ActorRefs.NoSender);

    public async ValueTask DisposeAsync()
    {
        await System.Terminate();
        _host.Dispose();
    }
}
