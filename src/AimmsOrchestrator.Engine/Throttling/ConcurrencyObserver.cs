using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Domain.Throttling.Concurrency;
using Akka.Actor;

namespace AimmsOrchestrator.Engine.Throttling;

/// <summary>
/// A task service that shows its answers to a <see cref="ConcurrencyController"/>, whatever asks and however: by the list, task
/// by task, at intervals. The throttle gets each new number of slots. Where the number is fixed, answers only pass through.
/// Answers come on any thread.
/// </summary>
internal sealed class ConcurrencyObserver : ITaskService
{
    private readonly ITaskService _service;
    private readonly IActorRef _throttle;
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly Lock _lock = new();
    private ConcurrencyController? _controller;
    private int _slots;

    /// <param name="service">The service.</param>
    /// <param name="limits">Whether the number of slots is to be found, and its bound.</param>
    /// <param name="unfinished">How many tasks an earlier process left.</param>
    /// <param name="throttle">Has the slots.</param>
    /// <param name="time">The clock.</param>
    public ConcurrencyObserver(
        ITaskService service,
        Limits limits,
        int unfinished,
        IActorRef throttle,
        TimeProvider time
    )
    {
        (_service, _throttle, _time) = (service, throttle, time);
        _start = time.GetTimestamp();
        _controller = limits.FindsConcurrency ? new ConcurrencyController(limits.MaxUnfinishedTasks, unfinished) : null;
        Observe(_ => { });
    }

    /// <summary>The number is fixed from now on, or to be found, or has another bound. What was found holds on below a new bound.</summary>
    public void Apply(Limits limits)
    {
        lock (_lock)
        {
            if (!limits.FindsConcurrency)
            {
                (_controller, _slots) = (null, 0);
                return;
            }

            if (_controller is null)
            {
                _controller = new ConcurrencyController(limits.MaxUnfinishedTasks);
            }
            else
            {
                _controller.Most = limits.MaxUnfinishedTasks;
            }
        }

        Observe(_ => { });
    }

    private TimeSpan Now => _time.GetElapsedTime(_start);

    public async Task<Reply<TaskId>> SubmitAsync(TaskRequest request, CancellationToken cancellationToken)
    {
        var sentAt = Now;
        var reply = await _service.SubmitAsync(request, cancellationToken).ConfigureAwait(false);
        if (reply.IsSuccess)
        {
            Observe(controller => controller.Submitted(reply.Value, sentAt, Now));
        }

        return reply;
    }

    public async Task<Reply<TaskSnapshot>> GetStateAsync(TaskId id, CancellationToken cancellationToken)
    {
        var askedAt = Now;
        var reply = await _service.GetStateAsync(id, cancellationToken).ConfigureAwait(false);
        if (reply.IsSuccess)
        {
            Observe(controller => controller.Polled(reply.Value, askedAt, Now));
        }
        else if (reply.Fault.Kind == FaultKind.Unknown)
        {
            Observe(controller => controller.Forgotten(id));
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
            Observe(controller => controller.Polled(reply.Value, askedAt, Now));
        }

        return reply;
    }

    public async Task<Reply<TaskId>> DeleteAsync(TaskId id, CancellationToken cancellationToken)
    {
        var reply = await _service.DeleteAsync(id, cancellationToken).ConfigureAwait(false);
        if (reply.IsSuccess)
        {
            Observe(controller => controller.Forgotten(id));
        }

        return reply;
    }

    public async Task<Reply<TaskPage>> ListAsync(TaskFilter filter, CancellationToken cancellationToken)
    {
        var askedAt = Now;
        var reply = await _service.ListAsync(filter, cancellationToken).ConfigureAwait(false);
        if (reply.IsSuccess)
        {
            Observe(controller => controller.Seen(reply.Value.Tasks, askedAt, Now));
        }

        return reply;
    }

    private void Observe(Action<ConcurrencyController> observation)
    {
        lock (_lock)
        {
            if (_controller is not { } controller)
            {
                return;
            }

            observation(controller);
            if (_slots != controller.Target)
            {
                _slots = controller.Target;
                _throttle.Tell(new ThrottleCommands.SetSlots(_slots));
            }
        }
    }
}
