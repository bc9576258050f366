using AimmsOrchestrator.Domain.Policies;

namespace AimmsOrchestrator.Domain.Throttling;

/// <summary>What a batch may ask of one service at most.</summary>
public sealed record Limits
{
    /// <summary>Tasks at the service that have not ended, at any moment; 8 by default.</summary>
    public int MaxUnfinishedTasks { get; init; } = 8;

    /// <summary>POSTs whose answer is outstanding, at any moment; 1 by default, which lets the task list settle every lost answer.</summary>
    public int MaxUnconfirmedSubmits { get; init; } = 1;

    /// <summary>POSTs in any stretch of time; null for no limit.</summary>
    public Rate? Submits { get; init; }

    /// <summary>The hours in which POSTs may be made; null for any time.</summary>
    public SubmitWindow? Window { get; init; }

    /// <summary>The largest response that is read, in bytes; 256 MB by default.</summary>
    public long LargestAnswer { get; init; } = 256L << 20;

    /// <summary>Requests of all kinds in any stretch of time; null for no limit.</summary>
    public Rate? Requests { get; init; }
}
