namespace AimmsOrchestrator.Domain.Batches;

/// <summary>How an execution of a batch ended.</summary>
public enum BatchEnd
{
    /// <summary>Every run has ended, with a result or not.</summary>
    AllRunsEnded,

    /// <summary>A person interrupted it; its tasks are left alone at the service.</summary>
    Interrupted,

    /// <summary>A person cancelled it, and its tasks at the service unless they said otherwise.</summary>
    Cancelled,

    /// <summary>More runs failed than the scenario allows.</summary>
    FailureBudget,

    /// <summary>What had failed was run again, as a person asked; runs that had not begun are still to be done.</summary>
    Retried,

    /// <summary>Its deadline was reached.</summary>
    Deadline,

    /// <summary>The results so far are enough for its scenario.</summary>
    StopRule,

    /// <summary>The service refuses every run alike, or cannot be reached.</summary>
    ServiceRefused,

    /// <summary>This program could not continue: the journal cannot be written.</summary>
    JournalLost,

    /// <summary>This program could not continue: a part of it failed. Not on disk: the batch is left as by a crash.</summary>
    Bug,
}
