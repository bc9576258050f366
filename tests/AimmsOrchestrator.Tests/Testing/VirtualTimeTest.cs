using AimmsOrchestrator.Tests.Testing.Threads;
using Akka.TestKit.Xunit2;
using Microsoft.Extensions.Time.Testing;

namespace AimmsOrchestrator.Tests.Testing;

/// <summary>
/// Actors in virtual time: every message is handled on the test's own thread before <c>Tell</c> returns, and timers fire
/// when the test moves the clock. So a test of a night's batch takes milliseconds and always goes the same way.
/// </summary>
/// <remarks>
/// A test does things to the actors through <see cref="Act"/> alone, and holds a fake up by a <see cref="Gate"/> alone.
/// An actor that runs at any other time, or on another thread, fails the test (<see cref="TestThread"/>).
/// </remarks>
public abstract class VirtualTimeTest : TestKit
{
    private const string Dispatcher = """
        {
          type = "AimmsOrchestrator.Tests.Testing.Threads.TestThreadDispatcherConfigurator, AimmsOrchestrator.Tests"
          throughput = 2147483647
        }
        """;

    private const string Hocon = $$"""
        aimms-batch.journal-dispatcher {{Dispatcher}}
        akka {
          loglevel = WARNING
          log-dead-letters = off
          scheduler.implementation = "AimmsOrchestrator.Tests.Testing.Threads.VirtualScheduler, AimmsOrchestrator.Tests"
          actor.default-dispatcher {{Dispatcher}}
          actor.internal-dispatcher {{Dispatcher}}
        }
        """;

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestShutdown = TimeSpan.FromMinutes(2);

    private readonly VirtualScheduler _scheduler;

    /// <param name="hocon">Settings of Akka that the test needs beside those of virtual time.</param>
    protected VirtualTimeTest(string hocon = "")
        : base(Hocon + hocon)
    {
        _scheduler = (VirtualScheduler)Sys.Scheduler;
        _scheduler.Thread.IsGuarded = true;
    }

    /// <summary>18:00 UTC on a working day: when people start a batch and go home.</summary>
    protected FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 24, 18, 0, 0, TimeSpan.Zero));

    /// <summary>Does something to the actors; everything that follows from it has happened when this returns.</summary>
    protected void Act(Action action) => _scheduler.Thread.Act(action);

    /// <summary>The same for what is a task by its type: virtual time leaves it nothing to wait for.</summary>
    protected Task ActAsync(Func<Task> action)
    {
        var task = Task.CompletedTask;
        Act(() => task = action());
        Assert.True(task.IsCompleted, "It waits for something that does not happen in virtual time.");
        return task;
    }

    /// <summary>Moves the clock and the timers together, in steps small enough that a timer armed by another one fires too.</summary>
    protected void Advance(TimeSpan duration) =>
        Act(() =>
        {
            for (var done = TimeSpan.Zero; done < duration; done += Step)
            {
                Time.Advance(Step);
                _scheduler.Advance(Step);
            }
        });

    protected void Advance(double seconds) => Advance(TimeSpan.FromSeconds(seconds));

    private protected Gate NewGate() => new(_scheduler.Thread);

    /// <summary>Akka stops its system on threads of the pool.</summary>
    protected override void AfterAll()
    {
        _scheduler.Thread.IsGuarded = false;
        base.AfterAll();
        _scheduler.Thread.Check();
    }

    /// <summary>Waits for the system's end, however slow the machine: it must not run on beside another test.</summary>
    public override void Shutdown(TimeSpan? duration = null, bool verifySystemShutdown = false) =>
        base.Shutdown(duration ?? LongestShutdown, verifySystemShutdown);
}
