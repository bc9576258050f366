using AimmsOrchestrator.Domain.Polling;

namespace AimmsOrchestrator.Domain.Policies;

/// <summary>When a task is polled: at intervals that grow by a factor up to a maximum, or when it has probably ended.</summary>
/// <param name="First">The wait before the first poll; more than zero.</param>
/// <param name="Factor">What each wait is multiplied by for the next; 1 keeps it fixed.</param>
/// <param name="Max">No wait is longer than this.</param>
public sealed record PollPolicy(TimeSpan First, double Factor, TimeSpan Max)
{
    /// <summary>1 s, growing by half to 30 s.</summary>
    public static PollPolicy Default { get; } = new(TimeSpan.FromSeconds(1), 1.5, TimeSpan.FromSeconds(30));

    /// <summary>
    /// Whether the polls are planned from how long tasks take. The intervals are then for what no experience tells of: a task
    /// that was interrupted.
    /// </summary>
    public bool IsAdaptive { get; private init; }

    /// <summary>What a poll may cost, where the polls are planned; 5 polls per run by default.</summary>
    public PollBudget Budget { get; private init; } = PollBudget.Default;

    /// <summary>
    /// The address at which the service can call this program when a task changes its state, beside the polls; null for none.
    /// </summary>
    public Uri? Hook { get; init; }

    /// <summary>The same wait every time.</summary>
    public static PollPolicy Every(TimeSpan interval) => new(interval, 1, interval);

    /// <summary>Polls that are planned from how long tasks take.</summary>
    public static PollPolicy Adaptive(PollBudget? budget = null) =>
        new(TimeSpan.FromSeconds(0.25), 1.5, TimeSpan.FromSeconds(30))
        {
            IsAdaptive = true,
            Budget = budget ?? PollBudget.Default,
        };

    /// <summary>The wait after <paramref name="polls"/> polls of the same task; 0 gives the first wait.</summary>
    public TimeSpan WaitAfter(int polls)
    {
        var seconds = First.TotalSeconds * Math.Pow(Factor, polls);
        return seconds < Max.TotalSeconds ? TimeSpan.FromSeconds(seconds) : Max;
    }
}
