namespace AimmsOrchestrator.Domain.Settlement;

/// <summary>How a POST whose answer was lost is settled.</summary>
/// <param name="Settle">
/// The longest time for which a task that was taken may be missing from the service's list: before that, an absence proves
/// nothing.
/// </param>
/// <param name="SendsAmbiguous">
/// Whether a run is sent again where the list cannot tell: it may then be paid for twice. Otherwise the run fails.
/// </param>
public sealed record SettlementPolicy(TimeSpan Settle, bool SendsAmbiguous)
{
    /// <summary>20 s; an ambiguous run fails.</summary>
    public static SettlementPolicy Default { get; } = new(TimeSpan.FromSeconds(20), SendsAmbiguous: false);

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan ShortestPatience = TimeSpan.FromMinutes(2);

    /// <summary>How long the list may be useless before the settlement gives it up.</summary>
    public TimeSpan Patience => 5 * Settle > ShortestPatience ? 5 * Settle : ShortestPatience;

    /// <summary>
    /// How long a service may be away before that counts against its list. An outage says nothing about a submit, and the
    /// settlement waits for its end; a list alone that never answers must not hold up the batch for ever.
    /// </summary>
    public static readonly TimeSpan LongestOutage = TimeSpan.FromHours(1);

    /// <summary>How long to wait before the next poll of the list: short at first, since most tasks are listed at once.</summary>
    /// <param name="polls">Polls so far.</param>
    public TimeSpan WaitAfter(int polls)
    {
        var seconds = polls switch
        {
            // The first four waits are 15 parts in 20 of the settling time; those after it begin with a quarter of it.
            < 4 => Settle.TotalSeconds / 20 * Math.Pow(2, polls),
            _ => Settle.TotalSeconds / 4 * Math.Pow(1.5, polls - 4),
        };
        var longest = Math.Max(LongestWait.TotalSeconds, Settle.TotalSeconds / 4);
        return TimeSpan.FromSeconds(Math.Min(seconds, longest));
    }
}
