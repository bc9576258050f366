using AimmsOrchestrator.Domain.Journaling;

namespace AimmsOrchestrator.Batches.Cancellation;

/// <summary>What became of a batch that was to be cancelled.</summary>
/// <param name="Batch">The batch.</param>
/// <param name="WasOver">Whether it had ended or was cancelled before: nothing was done then.</param>
/// <param name="TasksAtService">How many tasks the service had of it; they were ended, or left to run.</param>
public sealed record CancelledBatch(BatchRecord Batch, bool WasOver, int TasksAtService)
{
    /// <summary>How many of its submits the service may have taken without saying so: their tasks may run on. 0 by default.</summary>
    public int AmbiguousSubmits { get; init; }

    /// <summary>
    /// Whether its tasks were left to run: of several cancels at the same moment the latest one says so. Null where nothing was done.
    /// </summary>
    public bool? KeptRunning { get; init; }
}
