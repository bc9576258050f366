using AimmsOrchestrator.Aimms;
using AimmsOrchestrator.Aimms.Http;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Domain.TaskService.Insight;
using AimmsOrchestrator.Emulator;
using AimmsOrchestrator.Emulator.Tasks;
using AimmsOrchestrator.Scenarios;

namespace AimmsOrchestrator.Batches.Services;

/// <summary>The service that a batch talks to, and what ends with the batch.</summary>
/// <param name="service">The service.</param>
/// <param name="owned">Disposed of with the peer, in this order.</param>
public sealed class ServicePeer(ITaskService service, params IReadOnlyList<IAsyncDisposable> owned) : IAsyncDisposable
{
    /// <summary>How many tasks a person may raise the limit to without any request waiting for a connection.</summary>
    private const int RaisedTasks = 512;

    public ITaskService Service => service;

    /// <summary>Knows how far its solvers are; null where the service is none of HTTP.</summary>
    public ISolveMonitor? Solves => service as ISolveMonitor;

    /// <summary>The logs of its tasks; null where the service is none of HTTP.</summary>
    public ITaskLogs? Logs => service as ITaskLogs;

    /// <summary>The same for a scenario without services of its own.</summary>
    public static Task<ServicePeer> ConnectAsync(Scenario scenario, TimeProvider time) =>
        ConnectAsync(scenario, OwnServices.None, time);

    /// <summary>Connects over HTTP: to the scenario's service, or to an emulator that lives as long as the batch.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="own">Its own services, where it uses the emulator.</param>
    /// <param name="time">The clock.</param>
    public static async Task<ServicePeer> ConnectAsync(Scenario scenario, OwnServices own, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(own);
        if (!scenario.UsesEmulator)
        {
            return Connect(scenario, time);
        }

        // As parallel as this machine: a rehearsal should not take longer than it has to.
        var options = new EmulatorOptions
        {
            Parallel = scenario.Emulator.Places ?? Math.Max(2, Environment.ProcessorCount),
            Services = own.Services,
        };
        var emulator = await TaskServiceEmulator.StartAsync(options, time);
        var client = ClientOf(scenario, scenario.EndpointAt(emulator.Address), time);
        return new ServicePeer(client, new Owned(client), emulator);
    }

    /// <summary>Connects over HTTP to a scenario's service that is not the emulator.</summary>
    public static ServicePeer Connect(Scenario scenario, TimeProvider time)
    {
        var client = ClientOf(scenario, scenario.EndpointAt(), time);
        return new ServicePeer(client, new Owned(client));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var one in owned)
        {
            await one.DisposeAsync();
        }
    }

    private static TaskServiceClient ClientOf(Scenario scenario, ServiceEndpoint endpoint, TimeProvider time) =>
        new(endpoint, ClientOptions(scenario.Plan), time);

    /// <summary>
    /// As many connections as requests may be under way: two for each unfinished task, and a few more. The number of tasks may
    /// be raised while the batch runs, and the number of connections may not.
    /// </summary>
    private static TaskServiceClientOptions ClientOptions(BatchPlan plan) =>
        new()
        {
            MaxConnections = (2 * Math.Max(RaisedTasks, plan.Limits.MaxUnfinishedTasks)) + 8,
            MaxAnswerBytes = plan.Limits.LargestAnswer,
            ExpectsJson = !plan.Results.TakesPages,
        };

    private sealed class Owned(IDisposable disposable) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            disposable.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
