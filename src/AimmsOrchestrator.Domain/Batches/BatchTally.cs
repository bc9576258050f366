namespace AimmsOrchestrator.Domain.Batches;

/// <summary>How far a batch is, and whether it is over: counts only, so a million runs cost no more than ten.</summary>
public sealed record BatchTally
{
    /// <summary>Runs with a result.</summary>
    public long Completed { get; init; }

    /// <summary>Runs that ended without one.</summary>
    public long Failed { get; init; }

    /// <summary>Runs that a person called off.</summary>
    public long Cancelled { get; init; }

    /// <summary>Runs under way in this process.</summary>
    public int Live { get; init; }

    /// <summary>Whether every run of the scenario has been begun.</summary>
    public bool IsSourceAtEnd { get; init; }

    /// <summary>Whether its time of day is near: no other run begins, those under way come in.</summary>
    public bool IsClosing { get; init; }

    /// <summary>Tasks that should be gone from the service and are not; null while that is not known.</summary>
    public int? TasksKept { get; init; }

    /// <summary>How it is being stopped before its end; null where it is not.</summary>
    public BatchStop? Stop { get; init; }

    /// <summary>Runs that have ended, in this process or before it.</summary>
    public long Ended => Completed + Failed + Cancelled;

    /// <summary>Whether another run may begin.</summary>
    public bool MayAdmit => Stop is null && !IsClosing && !IsSourceAtEnd;

    /// <summary>Whether nothing is under way and nothing will be.</summary>
    public bool IsOver => Live == 0 && !MayAdmit;

    /// <summary>Stops the batch; the first reason stays.</summary>
    public BatchTally StoppedBy(BatchStop stop) => Stop is null ? this with { Stop = stop } : this;
}

/// <summary>Why a batch stops before its end.</summary>
/// <param name="End">The sort of end.</param>
/// <param name="Reason">One line for a person.</param>
public sealed record BatchStop(BatchEnd End, string Reason);
