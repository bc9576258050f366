namespace AimmsOrchestrator.Domain.Batches;

/// <summary>What a batch that was left came to; the words of <c>notify.on</c>.</summary>
public enum BatchConclusion
{
    /// <summary>Every run completed, and every expectation holds.</summary>
    Completed,

    /// <summary>Every run ended, and some failed or violate an expectation.</summary>
    Failed,

    /// <summary>
    /// It stopped before its end: by a deadline, a stop rule, its failure budget, a cancellation, a service that refuses it or
    /// cannot be reached, or this program.
    /// </summary>
    Stopped,

    /// <summary>A person interrupted it.</summary>
    Interrupted,
}
