using AimmsOrchestrator.Domain.Batches.Control;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Workspaces;

namespace AimmsOrchestrator.Batches.Control;

/// <summary>A batch that was paused, continued or given other limits.</summary>
/// <param name="Batch">The batch.</param>
/// <param name="Log">All that was set of it, the latest included.</param>
/// <param name="Holder">The process that drives it, and obeys; null where none does: the next one will.</param>
/// <param name="HasChanged">Whether anything is other than before.</param>
public sealed record ControlledBatch(BatchRecord Batch, ControlLog Log, ClaimHolder? Holder, bool HasChanged);
