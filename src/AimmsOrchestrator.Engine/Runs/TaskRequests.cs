using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Engine.Throttling;
using Akka.Actor;

namespace AimmsOrchestrator.Engine.Runs;

/// <summary>The requests that runs make at the service; the answer to each is a message to the run's actor.</summary>
/// <param name="service">The service.</param>
/// <param name="throttle">Gets the outcome of every request, by which it knows whether the service is reachable.</param>
internal sealed class TaskRequests(ITaskService service, IActorRef throttle)
{
    public void Submit(TaskRequest request, int attempt, IActorRef run, CancellationToken cancellation) =>
        Pipe(service.SubmitAsync(request, cancellation), run, r => new RunFact.SubmitAnswered(attempt, r));

    /// <summary>Removes a task from the service's queue.</summary>
    public void Delete(TaskId task, IActorRef run, CancellationToken cancellation) =>
        Pipe(service.DeleteAsync(task, cancellation), run, r => new RunFact.WithdrawAnswered(r));

    /// <summary>The request of an effect that needed a permit, now that it has one.</summary>
    public void Send(RunEffect.Permitted? effect, IActorRef run, CancellationToken cancellation)
    {
        switch (effect)
        {
            case RunEffect.Poll e:
                Pipe(service.GetStateAsync(e.Task, cancellation), run, r => new RunFact.StateAnswered(r));
                break;

            case RunEffect.Interrupt e:
                Pipe(
                    service.InterruptAsync(e.Task, e.How, cancellation),
                    run,
                    r => new RunFact.InterruptAnswered(e.How, r)
                );
                break;

            case RunEffect.Withdraw e:
                // Once more right before the delete: a task that began while this waited for its permit may have a result
                // by now, and the delete would take that away.
                Pipe(
                    service.GetStateAsync(e.Task, cancellation),
                    run,
                    r => r is { Value.State: TaskState.Queued } ? new StillQueued(e.Task) : new RunFact.StateAnswered(r)
                );
                break;

            case RunEffect.Fetch e:
                Pipe(service.GetResponseAsync(e.Task, cancellation), run, r => new RunFact.ResponseAnswered(r));
                break;
        }
    }

    private void Pipe<T>(Task<Reply<T>> call, IActorRef run, Func<Reply<T>, object> asMessage)
        where T : notnull
    {
        // The port promises a reply for all that may go wrong; an exception is a bug, and becomes the actor's own.
        _ = call.PipeTo(
            run,
            success: reply =>
            {
                if (reply.Fault?.Kind != FaultKind.Withheld)
                {
                    throttle.Tell(ThrottleCommands.ReportOutcome.From(reply.Fault));
                }

                return asMessage(reply);
            },
            failure: e => new Status.Failure(e)
        );
    }

    /// <summary>A task that is to be withdrawn was still queued a moment ago.</summary>
    public sealed record StillQueued(TaskId Task);
}
