using AimmsOrchestrator.Domain.Policies;

namespace AimmsOrchestrator.Domain.Throttling;

/// <summary>What a batch may ask of one service at most.</summary>
public sealed record Limits
{
    /// <summary>The bound on a number of tasks that is found, unless the scenario says another one.</summary>
    public const int MostFound = 32;

    /// <summary>What holds where a scenario says nothing: the number of tasks is found.</summary>
    public static Limits Unstated { get; } = new() { MaxUnfinishedTasks = MostFound, FindsConcurrency = true };

    /// <summary>The number of parallel tasks that an estimate assumes where it is yet to be found.</summary>
    private const int Assumed = 8;

    /// <summary>Tasks at the service that have not ended, at any moment; 8 by default.</summary>
    public int MaxUnfinishedTasks { get; init; } = 8;

    /// <summary>
    /// Whether as many tasks are kept at the service as it runs in parallel, and a few more; never more than
    /// <see cref="MaxUnfinishedTasks"/>. False by default: that many are kept.
    /// </summary>
    public bool FindsConcurrency { get; init; }

    /// <summary>How many tasks should be unfinished at a time, as far as is known before the batch runs.</summary>
    public int ExpectedUnfinishedTasks => FindsConcurrency ? Math.Min(Assumed, MaxUnfinishedTasks) : MaxUnfinishedTasks;

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

    /// <summary>
    /// What all batches at the account together may ask at most; none, by default, where no more is known of the account than the
    /// batch's own limits.
    /// </summary>
    public LimitCeilings Account { get; init; } = LimitCeilings.None;

    /// <summary>How much the batch weighs beside others that one process drives at its account; normal by default.</summary>
    public Priority Priority { get; init; }
}
