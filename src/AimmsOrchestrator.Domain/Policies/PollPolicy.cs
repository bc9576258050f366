namespace AimmsOrchestrator.Domain.Policies;

/// <summary>How long to wait between polls of a task: the first wait, grown by a factor after each poll, up to a maximum.</summary>
/// <param name="First">The wait before the first poll; more than zero.</param>
/// <param name="Factor">What each wait is multiplied by for the next; 1 keeps it fixed.</param>
/// <param name="Max">No wait is longer than this.</param>
public sealed record PollPolicy(TimeSpan First, double Factor, TimeSpan Max)
{
    /// <summary>1 s, growing by half to 30 s.</summary>
    public static PollPolicy Default { get; } = new(TimeSpan.FromSeconds(1), 1.5, TimeSpan.FromSeconds(30));

    /// <summary>The same wait every time.</summary>
    public static PollPolicy Every(TimeSpan interval) => new(interval, 1, interval);

    /// <summary>The wait after <paramref name="polls"/> polls of the same task; 0 gives the first wait.</summary>
    public TimeSpan WaitAfter(int polls)
    {
        var seconds = First.TotalSeconds * Math.Pow(Factor, polls);
        return seconds < Max.TotalSeconds ? TimeSpan.FromSeconds(seconds) : Max;
    }
}
