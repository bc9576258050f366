using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;
using Akka.TestKit;

namespace AimmsOrchestrator.Tests.Testing.Threads;

/// <summary>The timers of a test in virtual time, and the thread on which its actors run.</summary>
internal sealed class VirtualScheduler(Config config, ILoggingAdapter log) : TestScheduler(config, log)
{
    public TestThread Thread { get; } = new();
}

/// <summary>Runs an actor on the thread that sends it a message, which has to be the test's own.</summary>
internal sealed class TestThreadDispatcher(MessageDispatcherConfigurator configurator, TestThread thread)
    : CallingThreadDispatcher(configurator)
{
    protected override void ExecuteTask(IRunnable run)
    {
        thread.Enter();
        base.ExecuteTask(run);
    }
}

/// <summary>Makes a system's dispatchers; Akka finds it by its name in the configuration.</summary>
internal sealed class TestThreadDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites)
    : MessageDispatcherConfigurator(config, prerequisites)
{
    public override MessageDispatcher Dispatcher() =>
        new TestThreadDispatcher(this, ((VirtualScheduler)Prerequisites.Scheduler).Thread);
}
