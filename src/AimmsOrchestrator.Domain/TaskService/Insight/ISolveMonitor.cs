namespace AimmsOrchestrator.Domain.TaskService.Insight;

/// <summary>What models write of their solves while they run: a service on localhost passes it on, the cloud does not.</summary>
public interface ISolveMonitor
{
    /// <summary>Whether the service may know anything of a solve.</summary>
    bool MayKnowSolves { get; }

    /// <summary>
    /// How far the solver of a task is; <see cref="FaultKind.Unknown"/> where its model has not written anything, or nothing
    /// that says so.
    /// </summary>
    /// <param name="id">The task.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    Task<Reply<SolveStatus>> GetSolveStatusAsync(TaskId id, CancellationToken cancellationToken);
}
