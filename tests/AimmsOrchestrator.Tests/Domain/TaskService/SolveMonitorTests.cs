using AimmsOrchestrator.Aimms;
using AimmsOrchestrator.Aimms.Http;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Domain.TaskService.Insight;
using AimmsOrchestrator.Emulator;
using AimmsOrchestrator.Emulator.Tasks;
using AimmsOrchestrator.Tests.Domain.TaskService.Suites;
using AimmsOrchestrator.Tests.Engine.Solves;

namespace AimmsOrchestrator.Tests.Domain.TaskService;

public sealed class LocalhostSolveTests() : SolveMonitorSuite(new EmulatedSolves());

public sealed class FakeMonitorTests() : SolveMonitorSuite(new FakeSolves());

/// <summary>The real client against the emulator, over HTTP.</summary>
internal sealed class EmulatedSolves : ISolveMonitorAdapter
{
    private TaskServiceEmulator _emulator = null!;
    private TaskServiceClient _client = null!;

    public ISolveMonitor Monitor => _client;

    public async Task StartAsync()
    {
        _emulator = await TaskServiceEmulator.StartAsync(new EmulatorOptions { Parallel = 1 }, TimeProvider.System);
        var endpoint = new ServiceEndpoint(_emulator.Address, ServiceHost.Localhost) { Api = ApiVersion.V2 };
        _client = new TaskServiceClient(endpoint, new TaskServiceClientOptions(), TimeProvider.System);
    }

    public Task<TaskId> SolveAsync() =>
        SubmitAsync("facility-location", """{"seed": 5, "customers": 200, "facilities": 40}""");

    public Task<TaskId> WriteNothingAsync() => SubmitAsync("sleep", """{"seconds": 600}""");

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _emulator.DisposeAsync();
    }

    private async Task<TaskId> SubmitAsync(string service, string body)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(body);
        var request = new TaskRequest(new TaskTarget(service), bytes, "application/json");
        return (await _client.SubmitAsync(request, default)).Value;
    }
}

/// <summary>The fake that the engine is tested with.</summary>
internal sealed class FakeSolves : ISolveMonitorAdapter
{
    private readonly FakeMonitor _monitor = new();

    public ISolveMonitor Monitor => _monitor;

    public Task StartAsync() => Task.CompletedTask;

    public Task<TaskId> SolveAsync() => Task.FromResult(new TaskId("solves"));

    public Task<TaskId> WriteNothingAsync()
    {
        _monitor.Fault = new ServiceFault(FaultKind.Unknown, "404");
        return Task.FromResult(new TaskId("sleeps"));
    }

    public ValueTask DisposeAsync() => default;
}
