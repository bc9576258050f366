using AimmsOrchestrator.Domain.Batches;

namespace AimmsOrchestrator.Batches.Cancellation;

/// <summary>What became of a batch that was to be cancelled, as JSON.</summary>
/// <param name="Batch">Its id.</param>
/// <param name="WasOver">Whether it had ended or was cancelled before: nothing was done then.</param>
/// <param name="IsCancelled">Whether it ended by being cancelled, now or before.</param>
/// <param name="TasksAtService">How many tasks the service had of it.</param>
/// <param name="AmbiguousSubmits">How many of its submits the service may have taken without saying so.</param>
/// <param name="KeptRunning">Whether its tasks were left to run; null where nothing was done, and from a server that does not say.</param>
public sealed record CancelledDocument(
    string Batch,
    bool WasOver,
    bool IsCancelled,
    int TasksAtService,
    int AmbiguousSubmits,
    bool? KeptRunning
)
{
    public static CancelledDocument Of(CancelledBatch cancelled)
    {
        ArgumentNullException.ThrowIfNull(cancelled);
        return new CancelledDocument(
            cancelled.Batch.Id.Value,
            cancelled.WasOver,
            !cancelled.WasOver || cancelled.Batch.End == BatchEnd.Cancelled,
            cancelled.TasksAtService,
            cancelled.AmbiguousSubmits,
            cancelled.KeptRunning
        );
    }
}
