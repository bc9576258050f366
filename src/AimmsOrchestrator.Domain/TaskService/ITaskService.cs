namespace AimmsOrchestrator.Domain.TaskService;

/// <summary>
/// The AIMMS task service as the engine needs it: one interface for localhost and cloud, for versions 1 and 2 of the
/// API, with version 2's words and units. No call throws for what a service or a network may do; a cancelled token is
/// the only exception (<see cref="OperationCanceledException"/>).
/// </summary>
public interface ITaskService
{
    /// <summary>
    /// Submits a task. Only its id is read from the answer: the published bodies disagree on the rest. Where the request's lease
    /// holds no longer in the last moment, nothing is sent: <see cref="FaultKind.Withheld"/>.
    /// </summary>
    Task<Reply<TaskId>> SubmitAsync(TaskRequest request, CancellationToken cancellationToken);

    /// <summary>Where a task stands.</summary>
    Task<Reply<TaskSnapshot>> GetStateAsync(TaskId id, CancellationToken cancellationToken);

    /// <summary>What a finished task wrote; <see cref="FaultKind.Unknown"/> until it is finished, or where it wrote nothing.</summary>
    Task<Reply<TaskResponse>> GetResponseAsync(TaskId id, CancellationToken cancellationToken);

    /// <summary>Interrupts a task; the answer is the task as it is then, which may have ended before.</summary>
    Task<Reply<TaskSnapshot>> InterruptAsync(TaskId id, Interrupt interrupt, CancellationToken cancellationToken);

    /// <summary>Removes a task that is queued or ended, with its request and response; a running one is <see cref="FaultKind.WrongRequest"/>.</summary>
    Task<Reply<TaskId>> DeleteAsync(TaskId id, CancellationToken cancellationToken);

    /// <summary>The tasks that the service has. One on localhost ignores the filter, and answers with all of them.</summary>
    Task<Reply<TaskPage>> ListAsync(TaskFilter filter, CancellationToken cancellationToken);
}

/// <summary>How to interrupt a task.</summary>
public enum Interrupt
{
    /// <summary>Ends the current solve; the procedure continues with the best solution so far, and the task ends completed.</summary>
    Solve,

    /// <summary>Ends the procedure itself; the task ends failed.</summary>
    Execution,
}
