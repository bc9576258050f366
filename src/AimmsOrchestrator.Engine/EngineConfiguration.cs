using AimmsOrchestrator.Engine.Accounts;
using Akka.Actor;
using Akka.Event;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace AimmsOrchestrator.Engine;

/// <summary>Puts the engine and its actor system into a host.</summary>
public static class EngineConfiguration
{
    internal const string JournalDispatcher = "aimms-batch.journal-dispatcher";

    // The journal blocks while it commits: a thread of its own. The rest shares the pool with the HTTP client.
    // Signals and the console belong to the command line: Akka handles neither.
    private const string Hocon = """
        aimms-batch.journal-dispatcher {
          type = PinnedDispatcher
        }
        akka {
          stdout-loglevel = OFF
          log-dead-letters = off
          log-dead-letters-during-shutdown = off
          coordinated-shutdown.run-by-clr-shutdown-hook = off
          coordinated-shutdown.exit-clr = off
        }
        """;

    /// <summary>Adds the actor system and the <see cref="BatchEngine"/>; needs a <see cref="TimeProvider"/> in the container.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="randomizer">Draws a number from [0, 1); safe for many threads.</param>
    public static IServiceCollection AddBatchEngine(this IServiceCollection services, Func<double> randomizer) =>
        services
            .AddAkka(
                "aimms-batch",
                (builder, provider) =>
                {
                    var time = provider.GetRequiredService<TimeProvider>();
                    builder.WithBatchEngine().WithCoordinator(time);
                }
            )
            .AddSingleton(provider => new BatchEngine(
                provider.GetRequiredService<ActorSystem>(),
                provider.GetRequiredService<TimeProvider>(),
                randomizer
            ));

    /// <summary>Adds the actor that divides each account among the batches of this process.</summary>
    public static AkkaConfigurationBuilder WithCoordinator(this AkkaConfigurationBuilder builder, TimeProvider time) =>
        builder.WithActors(
            (system, registry) =>
                registry.Register<CoordinatorActor>(system.ActorOf(CoordinatorActor.Supervised(time), "coordinators"))
        );

    /// <summary>
    /// Configures an actor system for batches: dispatchers, logging and shutdown. The actors themselves belong to one batch
    /// each: <see cref="BatchEngine.Start"/> makes them, and none is in the registry, where one batch would hide another.
    /// </summary>
    public static AkkaConfigurationBuilder WithBatchEngine(this AkkaConfigurationBuilder builder) =>
        builder
            .AddHocon(Hocon, HoconAddMode.Prepend)
            .ConfigureLoggers(loggers =>
            {
                loggers.ClearLoggers();
                loggers.LogLevel = LogLevel.WarningLevel;
                loggers.AddLoggerFactory();
            });
}
