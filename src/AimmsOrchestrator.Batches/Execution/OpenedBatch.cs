using AimmsOrchestrator.Domain.Batches.Control;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Workspaces;
using AimmsOrchestrator.Engine.Batches;
using AimmsOrchestrator.Scenarios;

namespace AimmsOrchestrator.Batches.Execution;

/// <summary>A batch that this process holds the claim of: ready to be executed.</summary>
/// <param name="Batch">The batch.</param>
/// <param name="Scenario">What it runs.</param>
/// <param name="Resume">Where it resumes.</param>
/// <param name="Claim">Held until the batch is left.</param>
public sealed record OpenedBatch(BatchRecord Batch, Scenario Scenario, ResumePoint Resume, IBatchClaim Claim)
{
    /// <summary>The batches at the same service that other processes of the workspace drive; none by default.</summary>
    public IReadOnlyList<OtherDriver> Others { get; init; } = [];

    /// <summary>What people set of it.</summary>
    public ControlLog Controls { get; init; } = ControlLog.Empty;

    /// <summary>Whether runs of it began before.</summary>
    public bool HasBegun => Resume.Ended.Count > 0 || Resume.Unfinished.Count > 0;
}
