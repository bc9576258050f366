namespace AimmsOrchestrator.Domain.Batches;

/// <summary>How a batch came to be driven no longer.</summary>
public enum BatchEnd
{
    /// <summary>Every run has ended, well or not.</summary>
    AllRunsEnded,

    /// <summary>A person interrupted it; its tasks are left alone at the service.</summary>
    Interrupted,

    /// <summary>A person called it off, its tasks at the service as well unless they said otherwise.</summary>
    Cancelled,

    /// <summary>More runs failed than the scenario allows.</summary>
    FailureBudget,

    /// <summary>What had failed was run again, as a person asked; runs that had not begun are still to be done.</summary>
    Retried,

    /// <summary>The time of day came at which it is to be over.</summary>
    Deadline,

    /// <summary>The results so far are enough for its scenario.</summary>
    StopRule,

    /// <summary>The service refuses every run alike, or cannot be reached.</summary>
    ServiceRefused,

    /// <summary>This program could not go on: the journal cannot be written.</summary>
    JournalLost,
}
