using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Batches.Authoring;

/// <summary>What a probe came to.</summary>
/// <param name="Response">The response; null where there is a problem.</param>
/// <param name="Problem">Why there is none, in one line.</param>
public sealed record ProbeOutcome(TaskResponse? Response, string? Problem);
