using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;

namespace AimmsOrchestrator.Batches.Status;

/// <summary>What a batch as a whole is doing, or how it was left.</summary>
public enum BatchState
{
    /// <summary>A process drives it.</summary>
    Running,

    /// <summary>A process drives it, and a person has paused it: no submits are made.</summary>
    Paused,

    /// <summary>Every run has ended.</summary>
    Finished,

    /// <summary>A person cancelled it.</summary>
    Cancelled,

    /// <summary>A person interrupted the process that drove it.</summary>
    Interrupted,

    /// <summary>The service refused it.</summary>
    Refused,

    /// <summary>Too many runs failed, one of its stop rules held, or this program could not continue.</summary>
    Stopped,

    /// <summary>The process that drove it died.</summary>
    Left,
}

/// <summary>The words of <see cref="BatchState"/>.</summary>
public static class BatchStates
{
    /// <summary>The word for a state in JSON and on the terminal.</summary>
    public static string Word(this BatchState state) =>
        state switch
        {
            BatchState.Running => "running",
            BatchState.Paused => "paused",
            BatchState.Finished => "finished",
            BatchState.Cancelled => "cancelled",
            BatchState.Interrupted => "interrupted",
            BatchState.Refused => "refused",
            BatchState.Stopped => "stopped",
            _ => "left",
        };

    /// <summary>Whether a process drives it.</summary>
    public static bool IsDriven(this BatchState state) => state is BatchState.Running or BatchState.Paused;

    /// <summary>The state of a batch that no process drives.</summary>
    internal static BatchState ToState(this BatchRecord batch) =>
        batch.End switch
        {
            BatchEnd.AllRunsEnded => BatchState.Finished,
            BatchEnd.Cancelled => BatchState.Cancelled,
            BatchEnd.Interrupted => BatchState.Interrupted,
            BatchEnd.ServiceRefused => BatchState.Refused,
            null => BatchState.Left,
            _ => BatchState.Stopped,
        };
}
