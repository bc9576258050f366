using AimmsOrchestrator.Aimms.Http;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Emulator;
using AimmsOrchestrator.Emulator.Tasks;
using AimmsOrchestrator.Scenarios;

namespace AimmsOrchestrator.Cli.Running;

/// <summary>The service that a batch talks to: the scenario's own, or an emulator that lives as long as the command.</summary>
internal sealed class ServicePeer : IAsyncDisposable
{
    private readonly TaskServiceEmulator? _emulator;

    private ServicePeer(ServiceEndpoint endpoint, TaskServiceEmulator? emulator)
    {
        Endpoint = endpoint;
        _emulator = emulator;
    }

    public ServiceEndpoint Endpoint { get; }

    public static async Task<ServicePeer> StartAsync(Scenario scenario, TimeProvider time)
    {
        if (!scenario.UsesEmulator)
        {
            return new ServicePeer(scenario.EndpointAt(), emulator: null);
        }

        // As parallel as this machine: a rehearsal should not take longer than it has to.
        var options = new EmulatorOptions { Parallel = Math.Max(2, Environment.ProcessorCount) };
        var emulator = await TaskServiceEmulator.StartAsync(options, time);
        return new ServicePeer(scenario.EndpointAt(emulator.Address), emulator);
    }

    /// <summary>As many connections as requests may be under way: one a live run, and a few more.</summary>
    public static TaskServiceClientOptions ClientOptions(Limits limits) =>
        new() { MaxConnections = (2 * limits.MaxUnfinishedTasks) + 8 };

    public async ValueTask DisposeAsync()
    {
        if (_emulator is not null)
        {
            await _emulator.DisposeAsync();
        }
    }
}
