using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Workspaces;
using AimmsOrchestrator.Scenarios.Diagnostics;

namespace AimmsOrchestrator.Batches.Problems;

/// <summary>Why a use case could not be carried out: what its caller can do something about.</summary>
public abstract record BatchProblem
{
    private BatchProblem() { }

    /// <summary>The workspace has no such batch.</summary>
    /// <param name="Name">The batch as its caller named it; null for the latest of all.</param>
    /// <param name="Hint">What may have been meant, as the end of a sentence; empty where nothing is near.</param>
    public sealed record NotFound(string? Name, string Hint) : BatchProblem;

    /// <summary>The batch has no such run, as far as it has begun.</summary>
    /// <param name="Batch">The batch.</param>
    /// <param name="Name">The run as its caller named it.</param>
    /// <param name="Hint">What may have been meant, as the end of a sentence; null where no run has begun yet.</param>
    public sealed record RunNotFound(BatchId Batch, string Name, string? Hint) : BatchProblem;

    /// <summary>A run has no log, here or at the service.</summary>
    /// <param name="Batch">The batch.</param>
    /// <param name="Run">The run.</param>
    /// <param name="Reason">Why, as the end of a sentence.</param>
    /// <param name="IsOfService">Whether the service was asked and did not answer as it should.</param>
    public sealed record NoLog(BatchId Batch, RunRecord Run, string Reason, bool IsOfService = false) : BatchProblem;

    /// <summary>Another process drives the batch.</summary>
    /// <param name="Batch">The batch.</param>
    /// <param name="Holder">Who drives it; null where that is not known.</param>
    /// <param name="WasAskedToLeave">Whether it was asked to leave the batch, and has not.</param>
    public sealed record DrivenElsewhere(BatchId Batch, ClaimHolder? Holder, bool WasAskedToLeave = false)
        : BatchProblem;

    /// <summary>The time of a schedule that a batch was to begin for is over: another process began it, or a person changed the schedule.</summary>
    public sealed record BegunElsewhere : BatchProblem;

    /// <summary>The service could not call: the port of <c>poll.hook</c> cannot be listened on. Nothing was opened or sent.</summary>
    /// <param name="Reason">Why, in one sentence that names the port.</param>
    public sealed record NoHookPort(string Reason) : BatchProblem;

    /// <summary>The batch came to its end, or was cancelled, before this process had the claim.</summary>
    /// <param name="Batch">The batch as it is now.</param>
    public sealed record Over(BatchRecord Batch) : BatchProblem;

    /// <summary>A person wants the batch cancelled: it is not continued by itself.</summary>
    public sealed record ToBeCancelled(BatchId Batch) : BatchProblem;

    /// <summary>A person resumed the batch, or retried runs of it, before it was cancelled.</summary>
    public sealed record CancelTakenBack(BatchId Batch) : BatchProblem;

    /// <summary>The scenario cannot be run as it is, or not with this process's environment.</summary>
    public sealed record ScenarioBroken(IReadOnlyList<Diagnostic> Diagnostics) : BatchProblem;

    /// <summary>A process drives a batch of the workspace, from which something is to be removed.</summary>
    public sealed record WorkspaceBusy(BatchId Batch, ClaimHolder Holder) : BatchProblem;

    /// <summary>A batch that is to be removed has something left to do.</summary>
    public sealed record Unfinished(BatchRecord Batch) : BatchProblem;

    /// <summary>The service may have taken a submit of the batch whose answer was lost, less than a day ago: its task must stay known.</summary>
    public sealed record SubmitsLost(BatchId Batch) : BatchProblem;

    /// <summary>A service of the emulator cannot replay the batch that it is to replay.</summary>
    /// <param name="Service">The service.</param>
    /// <param name="Why">Why not.</param>
    public sealed record ReplayMissing(string Service, BatchProblem Why) : BatchProblem;

    /// <summary>What was given beside a scenario is wrong, such as a limit that is to be set, or a condition.</summary>
    public sealed record InputBroken(IReadOnlyList<Diagnostic> Diagnostics) : BatchProblem;

    /// <summary>This version can no longer read a batch's stored scenario.</summary>
    public sealed record ScenarioUnreadable(BatchId Batch) : BatchProblem;

    /// <summary>The service did not end some of a cancelled batch's tasks.</summary>
    /// <param name="Batch">The batch; it can be cancelled again.</param>
    /// <param name="Tasks">How many tasks.</param>
    /// <param name="FirstRun">The index of the first run that has one.</param>
    /// <param name="FirstReason">Why its task was not ended.</param>
    public sealed record TasksNotEnded(BatchId Batch, int Tasks, long FirstRun, string FirstReason) : BatchProblem;
}
