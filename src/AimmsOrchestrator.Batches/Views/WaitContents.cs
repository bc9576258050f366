using AimmsOrchestrator.Batches.Status;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;

namespace AimmsOrchestrator.Batches.Views;

/// <summary>A run under way, and what it waits for.</summary>
/// <param name="Name">The run's name.</param>
/// <param name="State">Its state.</param>
/// <param name="For">How long it has been in that state.</param>
/// <param name="Solve">How far its solver was, in words; null where that is not known.</param>
/// <param name="What">What it waits for, in words.</param>
public sealed record WaitContents(string Name, RunState State, TimeSpan For, string? Solve, string What)
{
    /// <summary>What a run of a batch waits for, in words.</summary>
    public static string WaitsFor(RunRecord run, BatchStatus status)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(status);
        return (run.Phase, status.Holder) switch
        {
            (_, null) => "the batch to be resumed",
            (RunPhase.Pending, _) when status.PausedSince is not null => "the batch to be continued",
            (RunPhase.Pending, _) => run.Attempts > 0
                ? $"its next submit, after {run.Attempts} turned away"
                : "its submit",
            (RunPhase.Submitting, _) => "the answer to its submit",
            (RunPhase.Unconfirmed, _) => "the service's list of tasks to tell whether its submit was taken",
            (RunPhase.Retrieving, _) => $"the response of task {run.TaskId}",
            _ => run.State switch
            {
                RunState.Queued => $"a session for task {run.TaskId}",
                RunState.Assigned => $"the session of task {run.TaskId} to start",
                _ => $"task {run.TaskId} to end",
            },
        };
    }
}
