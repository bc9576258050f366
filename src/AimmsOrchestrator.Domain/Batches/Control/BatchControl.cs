using AimmsOrchestrator.Domain.Throttling;

namespace AimmsOrchestrator.Domain.Batches.Control;

/// <summary>How a batch is executed from now on: absolute, so that receiving it twice changes nothing.</summary>
/// <param name="Limits">What it may ask of the service at most.</param>
/// <param name="PausedSince">
/// Since when submits wait for a person; null where they do not. Tasks under way are polled, and their results retrieved.
/// </param>
public sealed record BatchControl(Limits Limits, DateTimeOffset? PausedSince);
