using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace AimmsOrchestrator.Engine;

/// <summary>Puts the engine and its actor system into a host.</summary>
public static class EngineConfiguration
{
    internal const string JournalDispatcher = "aimms-batch.journal-dispatcher";

    // The journal blocks while it commits: a thread of its own. The rest shares the pool with the HTTP client.
    // Signals and the console are the command line's business: Akka keeps its hands off both.
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

    /// <summary>Adds the actor system and the <see cref="BatchEngine"/>; wants a <see cref="TimeProvider"/> in the container.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="chance">Draws a number from [0, 1); safe for many threads.</param>
    public static IServiceCollection AddBatchEngine(this IServiceCollection services, Func<double> chance)
    {
        services.AddAkka(
            "aimms-batch",
            builder =>
                builder
                    .AddHocon(Hocon, HoconAddMode.Prepend)
                    .ConfigureLoggers(loggers =>
                    {
                        loggers.ClearLoggers();
                        loggers.LogLevel = Akka.Event.LogLevel.WarningLevel;
                        loggers.AddLoggerFactory();
                    })
        );
        return services.AddSingleton(provider => new BatchEngine(
            provider.GetRequiredService<ActorSystem>(),
            provider.GetRequiredService<TimeProvider>(),
            chance
        ));
    }
}
