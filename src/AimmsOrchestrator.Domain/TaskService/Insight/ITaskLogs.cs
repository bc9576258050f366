namespace AimmsOrchestrator.Domain.TaskService.Insight;

/// <summary>What the service's model and its session wrote while a task ran; the cloud keeps it, a service on localhost does not.</summary>
public interface ITaskLogs
{
    /// <summary>Whether the service may keep logs at all.</summary>
    bool MayHaveLogs { get; }

    /// <summary>
    /// The log of a task as one text without the service's key; <see cref="FaultKind.Unknown"/> where there is none. It may
    /// be incomplete while the task runs.
    /// </summary>
    /// <param name="id">The task.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    Task<Reply<string>> GetLogAsync(TaskId id, CancellationToken cancellationToken);
}
