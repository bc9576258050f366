using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Engine.Throttling;
using Akka.Actor;

namespace AimmsOrchestrator.Engine.Runs;

/// <summary>The requests that a run makes at the service; what comes of each is a message to the run's actor.</summary>
/// <param name="service">The service.</param>
/// <param name="throttle">Hears of every answer, by which it knows whether the service is there.</param>
/// <param name="run">The run's actor.</param>
internal sealed class TaskRequests(ITaskService service, IActorRef throttle, IActorRef run)
{
    public void Submit(TaskRequest request, int attempt, CancellationToken gone) =>
        Pipe(service.SubmitAsync(request, gone), r => new RunFact.SubmitAnswered(attempt, r));

    /// <summary>Removes a task from the service's queue.</summary>
    public void Delete(TaskId task, CancellationToken gone) =>
        Pipe(service.DeleteAsync(task, gone), r => new RunFact.WithdrawAnswered(r));

    /// <summary>The request of an effect that needed a permit, now that it has one.</summary>
    public void Send(RunEffect.Permitted? effect, CancellationToken gone)
    {
        switch (effect)
        {
            case RunEffect.Poll e:
                Pipe(service.GetStateAsync(e.Task, gone), r => new RunFact.StateAnswered(r));
                break;

            case RunEffect.Interrupt e:
                Pipe(service.InterruptAsync(e.Task, e.How, gone), r => new RunFact.InterruptAnswered(e.How, r));
                break;

            case RunEffect.Withdraw e:
                // Once more right before the delete: a task that began while this waited for its permit may have a result
                // by now, and the delete would take that away.
                Pipe(
                    service.GetStateAsync(e.Task, gone),
                    r => r is { Value.State: TaskState.Queued } ? new StillQueued(e.Task) : new RunFact.StateAnswered(r)
                );
                break;

            case RunEffect.Fetch e:
                Pipe(service.GetResponseAsync(e.Task, gone), r => new RunFact.ResponseAnswered(r));
                break;
        }
    }

    private void Pipe<T>(Task<Reply<T>> call, Func<Reply<T>, object> asMessage)
        where T : notnull
    {
        // The port promises a reply for all that may go wrong; an exception is a mistake, and becomes the actor's own.
        _ = call.PipeTo(
            run,
            success: reply =>
            {
                throttle.Tell(ThrottleCommands.ReportOutcome.From(reply.Fault));
                return asMessage(reply);
            },
            failure: e => new Status.Failure(e)
        );
    }

    /// <summary>A task that is to be withdrawn has not begun a moment ago.</summary>
    public sealed record StillQueued(TaskId Task);
}
