using System.Diagnostics;
using System.Text.Json;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Engine.Telemetry;

/// <summary>A task service whose requests are timed and traced.</summary>
/// <param name="service">The service.</param>
/// <param name="batch">The batch's own activity, which each request belongs to; default where nothing listens.</param>
/// <param name="time">The clock.</param>
internal sealed class MeteredTaskService(ITaskService service, ActivityContext batch, TimeProvider time) : ITaskService
{
    public Task<Reply<TaskId>> SubmitAsync(TaskRequest request, CancellationToken cancellationToken) =>
        MeterAsync("submit", task: null, () => service.SubmitAsync(request, cancellationToken));

    public Task<Reply<TaskSnapshot>> GetStateAsync(TaskId id, CancellationToken cancellationToken) =>
        MeterAsync("poll", id, () => service.GetStateAsync(id, cancellationToken));

    public Task<Reply<TaskResponse>> GetResponseAsync(TaskId id, CancellationToken cancellationToken) =>
        MeterAsync("fetch", id, () => service.GetResponseAsync(id, cancellationToken));

    public Task<Reply<TaskSnapshot>> InterruptAsync(
        TaskId id,
        Interrupt interrupt,
        CancellationToken cancellationToken
    ) => MeterAsync("interrupt", id, () => service.InterruptAsync(id, interrupt, cancellationToken));

    public Task<Reply<TaskId>> DeleteAsync(TaskId id, CancellationToken cancellationToken) =>
        MeterAsync("delete", id, () => service.DeleteAsync(id, cancellationToken));

    public Task<Reply<TaskPage>> ListAsync(TaskFilter filter, CancellationToken cancellationToken) =>
        MeterAsync("list", task: null, () => service.ListAsync(filter, cancellationToken));

    private async Task<Reply<T>> MeterAsync<T>(string operation, TaskId? task, Func<Task<Reply<T>>> send)
        where T : notnull
    {
        using var activity = EngineTelemetry.Activities.StartActivity(operation, ActivityKind.Internal, batch);
        activity?.SetTag("aimms.task.id", task?.Value);
        var start = time.GetTimestamp();
        var reply = await send().ConfigureAwait(false);
        var outcome = reply.Fault is { } fault
            ? JsonNamingPolicy.KebabCaseLower.ConvertName($"{fault.Kind}")
            : "answer";
        EngineTelemetry.RequestDuration.Record(
            time.GetElapsedTime(start).TotalSeconds,
            new("operation", operation),
            new("outcome", outcome)
        );
        if (reply is { IsSuccess: true, Value: TaskId submitted } && task is null)
        {
            activity?.SetTag("aimms.task.id", submitted.Value);
        }

        activity?.SetStatus(reply.IsSuccess ? ActivityStatusCode.Ok : ActivityStatusCode.Error, reply.Fault?.Message);
        return reply;
    }
}
