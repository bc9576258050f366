namespace AimmsOrchestrator.Batches.Completion;

/// <summary>What a batch that was left came to.</summary>
public enum BatchConclusion
{
    /// <summary>Every run completed, and every expectation holds.</summary>
    Succeeded,

    /// <summary>Some runs failed, or an expectation is violated.</summary>
    RunsFailed,

    /// <summary>It stopped before its end: by a deadline, a stop rule, its failure budget, a cancellation or this program.</summary>
    Stopped,

    /// <summary>The service refuses it, or cannot be reached.</summary>
    ServiceRefused,

    /// <summary>A person interrupted it.</summary>
    Interrupted,
}
