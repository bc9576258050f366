using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Domain.Throttling.Concurrency;
using Akka.Actor;

namespace AimmsOrchestrator.Engine.Throttling;

/// <summary>
/// A task service that shows its answers to a <see cref="ConcurrencyController"/>, whatever asks and however: by the list, task
/// by task, at intervals. The throttle gets each new number of slots. Answers come on any thread.
/// </summary>
internal sealed class ConcurrencyObserver : ITaskService
{
    private readonly ITaskService _service;
    private readonly ConcurrencyController _controller;
    private readonly IActorRef _throttle;
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly Lock _lock = new();
    private int _slots;

    /// <param name="service">The service.</param>
    /// <param name="controller">Finds the number of slots.</param>
    /// <param name="throttle">Has the slots.</param>
    /// <param name="time">The clock.</param>
    public ConcurrencyObserver(
        ITaskService service,
        ConcurrencyController controller,
        IActorRef throttle,
        TimeProvider time
    )
    {
        (_service, _controller, _throttle, _time) = (service, controller, throttle, time);
        _start = time.GetTimestamp();
        Observe(() => { });
    }

    private TimeSpan Now => _time.GetElapsedTime(_start);

    public async Task<Reply<TaskId>> SubmitAsync(TaskRequest request, CancellationToken cancellationToken)
    {
        var sentAt = Now;
        var reply = await _service.SubmitAsync(request, cancellationToken).ConfigureAwait(false);
        if (reply.IsSuccess)
        {
            Observe(() => _controller.Submitted(reply.Value, sentAt, Now));
        }

        return reply;
    }

    public async Task<Reply<TaskSnapshot>> GetStateAsync(TaskId id, CancellationToken cancellationToken)
    {
        var askedAt = Now;
        var reply = await _service.GetStateAsync(id, cancellationToken).ConfigureAwait(false);
        if (reply.IsSuccess)
        {
            Observe(() => _controller.Polled(reply.Value, askedAt, Now));
        }
        else if (reply.Fault.Kind == FaultKind.Unknown)
        {
            Observe(() => _controller.Forgotten(id));
        }

        return reply;
    }

    public Task<Reply<TaskResponse>> GetResponseAsync(TaskId id, CancellationToken cancellationToken) =>
        _service.GetResponseAsync(id, cancellationToken);

    public async Task<Reply<TaskSnapshot>> InterruptAsync(
        TaskId id,
        Interrupt interrupt,
        CancellationToken cancellationToken
    )
    {
        var askedAt = Now;
        var reply = await _service.InterruptAsync(id, interrupt, cancellationToken).ConfigureAwait(false);
        if (reply.IsSuccess)
        {
            Observe(() => _controller.Polled(reply.Value, askedAt, Now));
        }

        return reply;
    }

    public async Task<Reply<TaskId>> DeleteAsync(TaskId id, CancellationToken cancellationToken)
    {
        var reply = await _service.DeleteAsync(id, cancellationToken).ConfigureAwait(false);
        if (reply.IsSuccess)
        {
            Observe(() => _controller.Forgotten(id));
        }

        return reply;
    }

    public async Task<Reply<TaskPage>> ListAsync(TaskFilter filter, CancellationToken cancellationToken)
    {
        var askedAt = Now;
        var reply = await _service.ListAsync(filter, cancellationToken).ConfigureAwait(false);
        if (reply.IsSuccess)
        {
            Observe(() => _controller.Seen(reply.Value.Tasks, askedAt, Now));
        }

        return reply;
    }

    private void Observe(Action observation)
    {
        lock (_lock)
        {
            observation();
            if (_slots != _controller.Target)
            {
                _slots = _controller.Target;
                _throttle.Tell(new ThrottleCommands.SetSlots(_slots));
            }
        }
    }
}
