using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Batches.Services;

/// <summary>A service whose submits leave only as long as a lease holds.</summary>
/// <param name="service">The service.</param>
/// <param name="lease">Asked in the last moment before the bytes of a submit leave.</param>
internal sealed class LeasedTaskService(ITaskService service, ISendLease lease) : ITaskService
{
    /// <inheritdoc />
    public Task<Reply<TaskId>> SubmitAsync(TaskRequest request, CancellationToken cancellationToken) =>
        service.SubmitAsync(request with { Lease = lease }, cancellationToken);

    /// <inheritdoc />
    public Task<Reply<TaskSnapshot>> GetStateAsync(TaskId id, CancellationToken cancellationToken) =>
        service.GetStateAsync(id, cancellationToken);

    /// <inheritdoc />
    public Task<Reply<TaskResponse>> GetResponseAsync(TaskId id, CancellationToken cancellationToken) =>
        service.GetResponseAsync(id, cancellationToken);

    /// <inheritdoc />
    public Task<Reply<TaskSnapshot>> InterruptAsync(
        TaskId id,
        Interrupt interrupt,
        CancellationToken cancellationToken
    ) => service.InterruptAsync(id, interrupt, cancellationToken);

    /// <inheritdoc />
    public Task<Reply<TaskId>> DeleteAsync(TaskId id, CancellationToken cancellationToken) =>
        service.DeleteAsync(id, cancellationToken);

    /// <inheritdoc />
    public Task<Reply<TaskPage>> ListAsync(TaskFilter filter, CancellationToken cancellationToken) =>
        service.ListAsync(filter, cancellationToken);
}
