using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Tests.Testing;
using Microsoft.Extensions.Time.Testing;

namespace AimmsOrchestrator.Tests.Domain.TaskService.Suites;

/// <summary>The fake that the engine is tested with, by itself or behind what stands before a service.</summary>
/// <param name="wrap">What stands before it.</param>
public sealed class FakeAdapter(Func<ITaskService, TimeProvider, ITaskService>? wrap = null) : ITaskServiceAdapter
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 24, 18, 0, 0, TimeSpan.Zero));
    private FakeTaskService _fake = null!;

    public ITaskService Service { get; private set; } = null!;

    public Task StartAsync()
    {
        _fake = new FakeTaskService(_time);
        Service = wrap?.Invoke(_fake, _time) ?? _fake;
        return Task.CompletedTask;
    }

    public Task<Reply<TaskId>> SubmitShortAsync(ISendLease? lease = null, CancellationToken cancellation = default) =>
        SubmitAsync(TimeSpan.FromSeconds(1), lease, cancellation);

    public Task<Reply<TaskId>> SubmitLongAsync() => SubmitAsync(TimeSpan.FromDays(1), lease: null, default);

    public Task PassAsync()
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => default;

    private Task<Reply<TaskId>> SubmitAsync(TimeSpan duration, ISendLease? lease, CancellationToken cancellation)
    {
        _fake.TaskDuration = duration;
        var request = new TaskRequest(new TaskTarget("echo"), default, MediaType: null) { Lease = lease };
        return Service.SubmitAsync(request, cancellation);
    }
}
