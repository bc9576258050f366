using AimmsOrchestrator.Domain.Results;

namespace AimmsOrchestrator.Domain.Batches;

/// <summary>A run that ended in an earlier execution of the batch.</summary>
/// <param name="Results">Its results; null where it has none.</param>
/// <param name="QueueTime">In the service's queue; null where that is not known.</param>
/// <param name="RunTime">From start to end; null where that is not known.</param>
public sealed record EarlierRun(RunResults? Results, TimeSpan? QueueTime, TimeSpan? RunTime);
