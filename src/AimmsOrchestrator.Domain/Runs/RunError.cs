using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Domain.Runs;

/// <summary>What sort of thing kept a run from its result.</summary>
public enum RunErrorKind
{
    /// <summary>The service took the task, and the task ended failed.</summary>
    TaskFailed,

    /// <summary>The task completed, but the scenario's <c>success</c> does not hold.</summary>
    NotSuccess,

    /// <summary>The service turned the request away, as often as the retry policy allows.</summary>
    Rejected,

    /// <summary>The answer to a submit was lost, and the service's list of tasks cannot tell what became of it.</summary>
    LostAnswer,

    /// <summary>A limit on its time was over: this program withdrew the task or ended it.</summary>
    TimedOut,

    /// <summary>The service no longer knows the task.</summary>
    Forgotten,

    /// <summary>The task completed, and the service never had the response that the scenario takes its results from.</summary>
    NoResponse,

    /// <summary>The service kept answering with something that makes no sense.</summary>
    Broken,

    /// <summary>The scenario's own expressions failed for this run; nothing was sent.</summary>
    Scenario,

    /// <summary>A bug in this program.</summary>
    Bug,
}

/// <summary>Why a run has no result.</summary>
/// <param name="Kind">The sort.</param>
/// <param name="Cause">What went wrong, in one line for a person; cut to <see cref="ShortText.LongestMessage"/>.</param>
public sealed record RunError(RunErrorKind Kind, string Cause)
{
    /// <summary>What went wrong, in one line for a person; at most <see cref="ShortText.LongestMessage"/> characters.</summary>
    public string Cause { get; init; } = ShortText.Cut(Cause);

    /// <summary>The run of the same batch that asks the same and failed first; null where the failure is this run's own.</summary>
    public long? CopiedFrom { get; init; }

    /// <summary>One line for a person: the cause, and whose failure it is where that is another run's.</summary>
    public string Message => CopiedFrom is { } run ? $"run {run} asks the same and failed: {Cause}" : Cause;
}
