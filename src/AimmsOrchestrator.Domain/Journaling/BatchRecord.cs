using AimmsOrchestrator.Domain.Batches;

namespace AimmsOrchestrator.Domain.Journaling;

/// <summary>A batch of the workspace.</summary>
public sealed record BatchRecord : BatchDescription
{
    /// <summary>Its number in the workspace, which orders all batches; not for people.</summary>
    public required long Number { get; init; }

    public required BatchId Id { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it was last left; null while it is executed, and after its process died.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How long no process drove it in between; zero where that was not asked for.</summary>
    public TimeSpan Paused { get; init; }

    /// <summary>How it ended; null while it is executed, and after its process died.</summary>
    public BatchEnd? End { get; init; }

    /// <summary>Why it stopped before its end; null where it did not.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether nothing is left to do: every run has ended, or the batch was cancelled.</summary>
    public bool IsFinished => End is BatchEnd.AllRunsEnded or BatchEnd.Cancelled;
}
