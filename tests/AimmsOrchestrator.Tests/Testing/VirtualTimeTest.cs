using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Microsoft.Extensions.Time.Testing;

namespace AimmsOrchestrator.Tests.Testing;

/// <summary>
/// Actors in virtual time: every message is handled on the test's own thread before <c>Tell</c> returns, and timers fire
/// when the test moves the clock. So a test of a night's batch takes milliseconds and always goes the same way.
/// </summary>
public abstract class VirtualTimeTest()
    : TestKit(
        """
        aimms-batch.journal-dispatcher {
          type = "Akka.TestKit.CallingThreadDispatcherConfigurator, Akka.TestKit"
          throughput = 2147483647
        }
        akka {
          loglevel = WARNING
          log-dead-letters = off
          scheduler.implementation = "Akka.TestKit.TestScheduler, Akka.TestKit"
          actor.default-dispatcher {
            type = "Akka.TestKit.CallingThreadDispatcherConfigurator, Akka.TestKit"
            throughput = 2147483647
          }
          actor.internal-dispatcher {
            type = "Akka.TestKit.CallingThreadDispatcherConfigurator, Akka.TestKit"
            throughput = 2147483647
          }
        }
        """
    )
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);

    /// <summary>18:00 UTC on a working day: when people start a batch and go home.</summary>
    protected FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 24, 18, 0, 0, TimeSpan.Zero));

    /// <summary>Moves the clock and the timers together, in steps small enough that a timer armed by another one fires too.</summary>
    protected void Advance(TimeSpan duration)
    {
        var scheduler = (TestScheduler)Sys.Scheduler;
        for (var done = TimeSpan.Zero; done < duration; done += Step)
        {
            Time.Advance(Step);
            scheduler.Advance(Step);
        }
    }

    protected void Advance(double seconds) => Advance(TimeSpan.FromSeconds(seconds));
}
