using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Tests.Domain.TaskService.Suites;

/// <summary>A task service under test, without tasks at first: what every adapter and every fake can do.</summary>
public interface ITaskServiceAdapter : IAsyncDisposable
{
    ITaskService Service { get; }

    Task StartAsync();

    /// <summary>Submits a task that ends soon.</summary>
    Task<Reply<TaskId>> SubmitShortAsync(ISendLease? lease = null, CancellationToken cancellation = default);

    /// <summary>Submits a task that runs until it is interrupted.</summary>
    Task<Reply<TaskId>> SubmitLongAsync();

    /// <summary>Lets some time pass at the service.</summary>
    Task PassAsync();
}
