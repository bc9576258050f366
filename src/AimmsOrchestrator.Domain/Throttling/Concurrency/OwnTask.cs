using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Domain.Throttling.Concurrency;

/// <summary>A task of the batch, as far as its times are known. Moments are on a monotonic clock.</summary>
internal sealed class OwnTask(TaskId id, TimeSpan submittedAt)
{
    public TaskId Id => id;

    public TimeSpan SubmittedAt { get; } = submittedAt;

    /// <summary>When the service last told of it; its submit at first.</summary>
    public TimeSpan SeenAt { get; set; } = submittedAt;

    /// <summary>Whether it has left the service's queue: by its own state, or by a later task's.</summary>
    public bool HasStarted { get; set; }

    /// <summary>How long it waited at the service; null while that is not known.</summary>
    public TimeSpan? Queue { get; set; }

    /// <summary>When it ended; null while that is not known.</summary>
    public TimeSpan? EndedAt { get; set; }

    /// <summary>Whether its start tells nothing more.</summary>
    public bool IsMeasured { get; set; }

    public TimeSpan? StartedAt => SubmittedAt + Queue;
}
