using AimmsOrchestrator.Aimms;
using AimmsOrchestrator.Aimms.Http;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Emulator;
using AimmsOrchestrator.Emulator.Tasks;

namespace AimmsOrchestrator.Tests.Domain.TaskService.Suites;

/// <summary>The real client against the emulator, over HTTP.</summary>
public sealed class EmulatorAdapter(ServiceHost host, ApiVersion api) : ITaskServiceAdapter
{
    private TaskServiceEmulator _emulator = null!;
    private TaskServiceClient _client = null!;

    public ITaskService Service => _client;

    public async Task StartAsync()
    {
        var options = new EmulatorOptions { Parallel = 4, ApiKey = "k3y" };
        _emulator = await TaskServiceEmulator.StartAsync(options, TimeProvider.System);
        var endpoint = new ServiceEndpoint(_emulator.Address, host)
        {
            Api = api,
            Key = host == ServiceHost.Cloud ? new ApiKey("k3y") : null,
        };
        _client = new TaskServiceClient(endpoint, new TaskServiceClientOptions(), TimeProvider.System);
    }

    public Task<Reply<TaskId>> SubmitShortAsync(ISendLease? lease = null, CancellationToken cancellation = default) =>
        SubmitAsync("""{"seconds": 0}""", lease, cancellation);

    public Task<Reply<TaskId>> SubmitLongAsync() => SubmitAsync("""{"seconds": 600}""", lease: null, default);

    public async Task PassAsync() => await Task.Yield();

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _emulator.DisposeAsync();
    }

    private Task<Reply<TaskId>> SubmitAsync(string body, ISendLease? lease, CancellationToken cancellation) =>
        Service.SubmitAsync(
            new TaskRequest(
                new TaskTarget("sleep", "Plant Plan", "1.4"),
                System.Text.Encoding.UTF8.GetBytes(body),
                "application/json"
            )
            {
                Lease = lease,
            },
            cancellation
        );
}
