using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Settlement;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Domain.Journaling;

/// <summary>A POST to the same service whose fate the journal does not have.</summary>
/// <param name="Run">Whose.</param>
/// <param name="IntendedAt">When its intent was written down.</param>
/// <param name="LostAt">When its answer was given up; null where it is still waited for, or its process died.</param>
/// <param name="IsAmbiguous">Whether it was found to be beyond telling; otherwise it is still open.</param>
public sealed record OpenSubmit(RunReference Run, DateTimeOffset IntendedAt, DateTimeOffset? LostAt, bool IsAmbiguous)
{
    /// <summary>As one who may have made a task that nobody knows.</summary>
    public LostSubmit ToClaim() => LostSubmit.Of(target: null, IntendedAt, LostAt ?? DateTimeOffset.MaxValue);
}

/// <summary>What the journal has of the tasks at one batch's service. For one thread at a time.</summary>
public interface ITaskIndex : IDisposable
{
    /// <summary>Whether any run of the workspace has, or once had, this task.</summary>
    /// <exception cref="JournalException">The workspace's database cannot be read.</exception>
    bool Knows(TaskId task);

    /// <summary>The POSTs of any batch to the same service whose fate is not known.</summary>
    /// <exception cref="JournalException">The workspace's database cannot be read.</exception>
    IReadOnlyList<OpenSubmit> OpenSubmits();

    /// <summary>The batch's own tasks that were submitted after a moment, as far as the service still keeps them.</summary>
    /// <exception cref="JournalException">The workspace's database cannot be read.</exception>
    IReadOnlyList<KnownTask> TasksSince(DateTimeOffset moment);
}

/// <summary>A task that the journal knows.</summary>
/// <param name="Task">The task.</param>
/// <param name="IsUnfinished">Whether it had not ended when it was last looked at: then the service certainly has it.</param>
public sealed record KnownTask(TaskId Task, bool IsUnfinished);
