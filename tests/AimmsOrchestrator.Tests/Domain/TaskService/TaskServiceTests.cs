using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Engine.Telemetry;
using AimmsOrchestrator.Engine.Throttling;
using AimmsOrchestrator.Tests.Domain.TaskService.Suites;
using Akka.Actor;

namespace AimmsOrchestrator.Tests.Domain.TaskService;

public sealed class LocalhostV1Tests() : TaskServiceSuite(new EmulatorAdapter(ServiceHost.Localhost, ApiVersion.V1));

public sealed class LocalhostV2Tests() : TaskServiceSuite(new EmulatorAdapter(ServiceHost.Localhost, ApiVersion.V2));

public sealed class CloudV1Tests() : TaskServiceSuite(new EmulatorAdapter(ServiceHost.Cloud, ApiVersion.V1));

public sealed class CloudV2Tests() : TaskServiceSuite(new EmulatorAdapter(ServiceHost.Cloud, ApiVersion.V2));

public sealed class FakeTaskServiceTests() : TaskServiceSuite(new FakeAdapter());

public sealed class MeteredTaskServiceTests()
    : TaskServiceSuite(new FakeAdapter((service, time) => new MeteredTaskService(service, default, time)));

public sealed class ConcurrencyObserverTests()
    : TaskServiceSuite(
        new FakeAdapter(
            (service, time) =>
                new ConcurrencyObserver(
                    service,
                    new Limits { MaxUnfinishedTasks = 4, FindsConcurrency = true },
                    unfinished: 0,
                    ActorRefs.Nobody,
                    time
                )
        )
    );
