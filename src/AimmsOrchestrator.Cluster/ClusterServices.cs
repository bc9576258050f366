using System.Globalization;
using System.Net.Sockets;
using AimmsOrchestrator.Cluster.Batches;
using AimmsOrchestrator.Cluster.Membership;
using AimmsOrchestrator.Cluster.Messages;
using AimmsOrchestrator.Cluster.Settings;
using AimmsOrchestrator.Domain.Cluster;
using Akka.Actor;
using Akka.Cluster.Hosting;
using Akka.Cluster.Sharding;
using Akka.Event;
using Akka.Hosting;
using Akka.Remote.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AimmsOrchestrator.Cluster;

/// <summary>Puts a node of the cluster into a host.</summary>
public static class ClusterServices
{
    private const string RegionName = "batch";
    private const string ReviverName = "reviver";

    /// <summary>What a host that stops must allow it: batches are handed over in order, which takes as long as a request to a service.</summary>
    public static TimeSpan LongestShutdown => ClusterConfiguration.LongestShutdown;

    /// <summary>
    /// Adds a node with its actor system, and the <see cref="IClusterView"/> of it. The container must have an
    /// <see cref="IBatchDriver"/>, <see cref="ILeftBatches"/>, <see cref="ILeaseTable"/> and <see cref="TimeProvider"/>.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="options">How the node is reached, and which nodes it joins.</param>
    /// <param name="configure">Changes the actor system's configuration further.</param>
    /// <exception cref="ArgumentException">The options have <see cref="BatchClusterOptions.Problems"/>.</exception>
    public static IServiceCollection AddBatchCluster(
        this IServiceCollection services,
        BatchClusterOptions options,
        Action<AkkaConfigurationBuilder>? configure = null
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Problems() is { Count: > 0 } problems)
        {
            throw new ArgumentException(string.Join('\n', problems), nameof(options));
        }

        return services
            .AddSingleton<ClusterView>()
            .AddSingleton<IClusterView>(provider => provider.GetRequiredService<ClusterView>())
            .AddAkka(
                ClusterConfiguration.SystemName,
                (builder, provider) =>
                {
                    builder.WithBatchCluster(options, provider);
                    configure?.Invoke(builder);
                }
            );
    }

    /// <summary>Why a host with a node could not start, where that is its address; as one sentence.</summary>
    /// <param name="options">How the node was to be reached.</param>
    /// <param name="failure">What the start threw.</param>
    /// <returns>Null where the start failed for another reason.</returns>
    public static string? WhyNotListening(BatchClusterOptions options, Exception failure)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(failure);
        var innermost = failure;
        while (innermost.InnerException is { } inner)
        {
            innermost = inner;
        }

        return innermost is SocketException
            ? $"{new NodeAddress(options.Listen, options.Port)} cannot be listened on: {innermost.Message}"
            : null;
    }

    private static void WithBatchCluster(
        this AkkaConfigurationBuilder builder,
        BatchClusterOptions options,
        IServiceProvider provider
    )
    {
        var driver = provider.GetRequiredService<IBatchDriver>();
        var left = provider.GetRequiredService<ILeftBatches>();
        var time = provider.GetRequiredService<TimeProvider>();
        var view = provider.GetRequiredService<ClusterView>();
        builder
            .AddHocon(ClusterConfiguration.Hocon, HoconAddMode.Prepend)
            .ConfigureLoggers(loggers =>
            {
                loggers.ClearLoggers();
                loggers.LogLevel = Akka.Event.LogLevel.WarningLevel;
                loggers.AddLogger<ClusterLog>();
            })
            .AddSetup(new ClusterLogSetup(provider.GetRequiredService<ILoggerFactory>(), time))
            .AddSetup(new LeaseSetup(provider.GetRequiredService<ILeaseTable>(), time))
            .WithRemoting(RemotingOf(options))
            .WithClustering(new ClusterOptions { SeedNodes = [.. SeedsOf(options)], AppVersion = options.Version })
            .WithCustomSerializer("batch-cluster", [typeof(ICrossesNodes)], system => new ClusterSerializer(system))
            .WithShardRegion<BatchRegion>(
                RegionName,
                entity => BatchEntity.Props(BatchShards.BatchOf(entity), driver),
                new BatchShards(),
                new ShardOptions
                {
                    StateStoreMode = StateStoreMode.DData,
                    RememberEntities = false,
                    ShouldPassivateIdleEntities = false,
                    HandOffStopMessage = BatchEntity.HandOver.Instance,
                }
            )
            .AddStartup(
                (system, registry) =>
                {
                    var cluster = Akka.Cluster.Cluster.Get(system);
                    var region = registry.Get<BatchRegion>();
                    var heir = system.ActorOf(HeirActor.Props(driver), HeirActor.Name);
                    var patience = ReviverActor.PatienceOf(cluster.SelfUniqueAddress.Uid);
                    var reviver = system.ActorOf(ReviverActor.Props(left, region, heir, patience, time), ReviverName);
                    view.Begin(system, region, reviver);
                    if (options.Join.Count == 0)
                    {
                        cluster.Join(cluster.SelfAddress);
                    }
                }
            );
    }

    private static RemoteOptions RemotingOf(BatchClusterOptions options) =>
        new()
        {
            HostName = options.Listen,
            Port = options.Port,
            PublicHostName = options.ReachedAt,
            PublicPort = options.PublicPort,
            EnableSsl = options.Tls is not null,
            Ssl = options.Tls is { } tls
                ? new SslOptions
                {
                    X509Certificate = tls.Certificate,
                    RequireMutualAuthentication = true,
                    SuppressValidation = false,
                    CustomValidator = (certificate, chain, _, _, _) => tls.Accepts(certificate, chain),
                }
                : null!,
        };

    /// <summary>By one scheme with the remoting: an address of another one brings a storm of log lines and no cluster.</summary>
    private static IEnumerable<string> SeedsOf(BatchClusterOptions options) =>
        options.Join.Select(seed =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"{(options.Tls is null ? "akka.tcp" : "akka.ssl.tcp")}://{ClusterConfiguration.SystemName}@{seed}"
            )
        );

    /// <summary>Registered under this key: sends each batch's messages to the node that should drive it.</summary>
    internal sealed class BatchRegion;
}
