using AimmsOrchestrator.Domain.Accounts;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Domain.TaskService.Insight;
using AimmsOrchestrator.Engine.Batches;

namespace AimmsOrchestrator.Engine;

/// <summary>All that one execution of a batch needs from outside. The caller disposes of the journal and the service.</summary>
public sealed record BatchAssignment
{
    /// <summary>The batch's number in the journal.</summary>
    public required long Batch { get; init; }

    /// <summary>The batch's epoch under this process's claim; 0 where none was taken.</summary>
    public long Epoch { get; init; }

    /// <summary>Whether a submit may leave under that claim; null, by default, for always.</summary>
    public ISendLease? Lease { get; init; }

    public required BatchPlan Plan { get; init; }

    /// <summary>
    /// What is in use of the account that the batch shares with others, used by the engine alone during the execution; null, by
    /// default, where it shares none.
    /// </summary>
    public AccountAssignment? Account { get; init; }

    /// <summary>Since when a person has paused the batch; null, by default, where it is not paused.</summary>
    public DateTimeOffset? PausedSince { get; init; }

    /// <summary>Where it resumes; the start by default.</summary>
    public ResumePoint Resume { get; init; } = ResumePoint.Start;

    public required ITaskService Service { get; init; }

    /// <summary>Knows how far solvers are; null, by default, where the service does not.</summary>
    public ISolveMonitor? Solves { get; init; }

    /// <summary>Where the service can call when a task changes; null where it cannot.</summary>
    public ITaskHooks? Hooks { get; init; }

    /// <summary>How long tasks of earlier batches of the service took, once that is read; none by default.</summary>
    public Task<IReadOnlyList<TaskTimes>> Earlier { get; init; } = Task.FromResult<IReadOnlyList<TaskTimes>>([]);

    /// <summary>Used by the engine alone during the execution.</summary>
    public required IJournalWriter Writer { get; init; }

    /// <summary>Used by the engine alone during the execution.</summary>
    public required IRunHistory History { get; init; }

    /// <summary>Used by the engine alone during the execution.</summary>
    public required IResultCache ResultCache { get; init; }

    /// <summary>Used by the engine alone during the execution.</summary>
    public required ITaskIndex Tasks { get; init; }
}

/// <summary>The account at which a batch's tasks run beside those of other batches.</summary>
/// <param name="Name">As <see cref="ServiceAccount.NameOf"/> has it.</param>
/// <param name="Book">What is in use of it.</param>
public sealed record AccountAssignment(string Name, IServiceBook Book);
