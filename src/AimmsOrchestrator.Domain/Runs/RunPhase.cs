namespace AimmsOrchestrator.Domain.Runs;

/// <summary>Where a run stands in this program, as against its task's state at the service.</summary>
public enum RunPhase
{
    /// <summary>Nothing was sent yet, or what was sent was turned away and is to be sent again.</summary>
    Pending,

    /// <summary>The intent to submit is on disk, and the POST is under way.</summary>
    Submitting,

    /// <summary>The answer to the POST was lost: the service may have the task or not, and its list of tasks settles that.</summary>
    Unconfirmed,

    /// <summary>The service has the task, and its id is on disk.</summary>
    AtService,

    /// <summary>The task completed or failed; its response is not here yet.</summary>
    Retrieving,

    /// <summary>The result is on disk.</summary>
    Completed,

    /// <summary>There will be no result; the run says why.</summary>
    Failed,

    /// <summary>A person cancelled it.</summary>
    Cancelled,
}

/// <summary>The one table of a run's legal changes of phase.</summary>
public static class RunPhases
{
    private static readonly Dictionary<RunPhase, RunPhase[]> Next = new()
    {
        [RunPhase.Pending] = [RunPhase.Submitting, RunPhase.Completed, RunPhase.Failed, RunPhase.Cancelled],
        [RunPhase.Submitting] =
        [
            RunPhase.Unconfirmed,
            RunPhase.AtService,
            RunPhase.Pending,
            RunPhase.Failed,
            RunPhase.Cancelled,
        ],
        [RunPhase.Unconfirmed] = [RunPhase.AtService, RunPhase.Pending, RunPhase.Failed, RunPhase.Cancelled],
        [RunPhase.AtService] = [RunPhase.Retrieving, RunPhase.Pending, RunPhase.Failed, RunPhase.Cancelled],
        [RunPhase.Retrieving] = [RunPhase.Completed, RunPhase.Pending, RunPhase.Failed, RunPhase.Cancelled],
        [RunPhase.Completed] = [],
        [RunPhase.Failed] = [RunPhase.Pending, RunPhase.Retrieving],
        [RunPhase.Cancelled] = [RunPhase.Pending],
    };

    /// <summary>Whether a run may go from one phase to another.</summary>
    public static bool MayBecome(this RunPhase from, RunPhase to) => Next[from].Contains(to);

    /// <summary>Whether a POST was made whose fate is not known.</summary>
    public static bool IsUnconfirmed(this RunPhase phase) => phase is RunPhase.Submitting or RunPhase.Unconfirmed;

    /// <summary>Whether the service has a task of the run that may still be unfinished, or may have one.</summary>
    public static bool MayHoldSlot(this RunPhase phase) => phase.IsUnconfirmed() || phase == RunPhase.AtService;

    /// <summary>Whether nothing follows this phase, unless a person asks for another try.</summary>
    public static bool IsEnded(this RunPhase phase) =>
        phase is RunPhase.Completed or RunPhase.Failed or RunPhase.Cancelled;
}
