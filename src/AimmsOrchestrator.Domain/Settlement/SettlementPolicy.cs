namespace AimmsOrchestrator.Domain.Settlement;

/// <summary>How a POST whose answer was lost is settled.</summary>
/// <param name="Settle">
/// How long a task that was taken may be missing from the service's list at most: before that, a missing task proves nothing.
/// </param>
/// <param name="SendsAmbiguous">
/// Whether a run is sent again where the list cannot tell: it may then be paid for twice. Otherwise it is reported as failed.
/// </param>
public sealed record SettlementPolicy(TimeSpan Settle, bool SendsAmbiguous)
{
    /// <summary>20 s; what cannot be told is reported.</summary>
    public static SettlementPolicy Default { get; } = new(TimeSpan.FromSeconds(20), SendsAmbiguous: false);

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan ShortestPatience = TimeSpan.FromMinutes(2);

    /// <summary>How long a list may be useless before it is taken to stay so.</summary>
    public TimeSpan Patience => 5 * Settle > ShortestPatience ? 5 * Settle : ShortestPatience;

    /// <summary>
    /// How long a service may be away before that counts against its list. An outage tells nothing of a submit and is sat
    /// out; a list alone that never answers must not hold up the batch for ever.
    /// </summary>
    public static readonly TimeSpan LongestOutage = TimeSpan.FromHours(1);

    /// <summary>How long to wait before a look at the list: short at first, since most tasks are listed at once.</summary>
    /// <param name="looks">Looks so far.</param>
    public TimeSpan WaitAfter(int looks)
    {
        var seconds = looks switch
        {
            // 15 of 20 parts of the settling time, then a quarter of it and more.
            < 4 => Settle.TotalSeconds / 20 * Math.Pow(2, looks),
            _ => Settle.TotalSeconds / 4 * Math.Pow(1.5, looks - 4),
        };
        var longest = Math.Max(LongestWait.TotalSeconds, Settle.TotalSeconds / 4);
        return TimeSpan.FromSeconds(Math.Min(seconds, longest));
    }
}
