using AimmsOrchestrator.Domain.Policies;
using AimmsOrchestrator.Domain.Runs.Rules;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Domain.Cleanup;

/// <summary>
/// Where the removal of finished tasks from the service stands, one task at a time. A task that is given up stays at the service until
/// the batch's next execution.
/// </summary>
public sealed record CleanupState
{
    /// <summary>
    /// A batch whose runs have ended does not wait longer for a service that removes nothing: 15 minutes from then on, or from the latest
    /// removal.
    /// </summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromMinutes(15);

    /// <summary>Whether the batch's runs have ended, and it waits for the tasks that are left.</summary>
    public bool IsAwaited { get; init; }

    /// <summary>Faults in a row of the task that is being removed.</summary>
    public int Faults { get; init; }

    /// <summary>How many tasks were given up.</summary>
    public int Kept { get; init; }

    /// <summary>The batch's runs have ended.</summary>
    public CleanupDecision Await() =>
        CleanupDecision.Of(this with { IsAwaited = true }, new CleanupEffect.HavePatience(Patience));

    /// <summary>The batch knows that no task is left, or that the rest was given up.</summary>
    public CleanupState Reported() => this with { IsAwaited = false };

    /// <summary>The service answered the request to remove a task, or did not.</summary>
    /// <param name="reply">The answer.</param>
    /// <param name="retry">How long to wait after a fault.</param>
    public CleanupDecision Answered(Reply<TaskId> reply, RetryPolicy retry)
    {
        ArgumentNullException.ThrowIfNull(reply);
        ArgumentNullException.ThrowIfNull(retry);

        // A task that is not there is removed.
        if (reply.IsSuccess || reply.Fault.Kind == FaultKind.Unknown)
        {
            var removed = this with { Faults = 0 };
            return IsAwaited
                ? CleanupDecision.Of(removed, new CleanupEffect.Record(), new CleanupEffect.HavePatience(Patience))
                : CleanupDecision.Of(removed, new CleanupEffect.Record());
        }

        var faults = Faults + 1;
        if (
            reply.Fault.Kind is FaultKind.WrongRequest or FaultKind.Refused or FaultKind.Misdirected
            || faults >= RunRules.MaxConsecutiveFaults
        )
        {
            return GiveUp();
        }

        // No run waits for it: the longest wait that the policy has for this number of faults will do.
        var again = new CleanupEffect.Repeat(retry.WaitAfter(faults, jitter: 1));
        var next = this with { Faults = faults };
        return reply.Fault.Pause is { } pause
            ? CleanupDecision.Of(next, new CleanupEffect.PauseFor(pause), again)
            : CleanupDecision.Of(next, again);
    }

    /// <summary>The task is not asked for again, for what the service said or for a bug.</summary>
    public CleanupDecision GiveUp() =>
        CleanupDecision.Of(this with { Faults = 0, Kept = Kept + 1 }, new CleanupEffect.GiveUp());

    /// <summary>Nothing was removed for as long as <see cref="Patience"/>.</summary>
    /// <param name="waiting">How many tasks were still to be removed.</param>
    public CleanupDecision PatienceOver(int waiting) =>
        CleanupDecision.Of(this with { Kept = Kept + waiting }, new CleanupEffect.GiveAllUp());
}
