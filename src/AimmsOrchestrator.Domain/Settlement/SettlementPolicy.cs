using AimmsOrchestrator.Domain.Settlement.Submits;

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

    /// <summary>
    /// How long after its intent the POST of an earlier driver may arrive, where that driver may live; null, by default, where
    /// it is dead before another one begins.
    /// </summary>
    public TimeSpan? LateArrival { get; init; }

    /// <summary>The policy for a batch whose earlier drivers may have submitted until their leases were over.</summary>
    /// <param name="lease">As in <see cref="TaskService.ISendLease.Lifetime"/>.</param>
    public SettlementPolicy After(TimeSpan? lease) => this with { LateArrival = lease + LostSubmit.LongestSubmit };

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
    /// <param name="lag">How late the list is known to be; null where that is not known.</param>
    public TimeSpan WaitAfter(int polls, TimeSpan? lag = null)
    {
        var seconds = polls switch
        {
            // The first seven waits are together two thirds of the settling time; those after it begin with a quarter of it.
            < 7 => Settle.TotalSeconds / 200 * Math.Pow(2, polls),
            _ => Settle.TotalSeconds / 4 * Math.Pow(1.5, polls - 7),
        };
        var longest = Math.Max(LongestWait.TotalSeconds, Settle.TotalSeconds / 4);
        var wait = TimeSpan.FromSeconds(Math.Min(seconds, longest));

        // Where the list is known to be quick, the second poll comes as the lag is over.
        return polls == 1 && lag is { } known && known < Settle ? Longer(known - WaitAfter(0), WaitAfter(0)) : wait;
    }

    /// <summary>How long after its loss a POST's absence from the list proves that the service did not take it.</summary>
    /// <param name="submit">The POST.</param>
    /// <param name="lag">What own tasks show of the list.</param>
    public TimeSpan SettleAfter(LostSubmit submit, ListLag lag)
    {
        ArgumentNullException.ThrowIfNull(submit);
        ArgumentNullException.ThrowIfNull(lag);
        if (submit.Loss == SubmitLoss.Silence || lag.Bound is not { } bound)
        {
            return Settle;
        }

        // What stands behind a gateway may be at it for a few times as long as any answer has taken.
        var late = submit.Loss == SubmitLoss.Gateway ? Longer(4 * lag.LongestAnswer, TimeSpan.FromSeconds(1)) : default;
        return bound + late < Settle ? bound + late : Settle;
    }

    /// <summary>
    /// How long after its loss a POST's only match is adopted. Where nothing is known of the POST's end, it may be taken a
    /// little later, and the match may be another client's.
    /// </summary>
    public TimeSpan AdoptAfter(LostSubmit submit)
    {
        ArgumentNullException.ThrowIfNull(submit);
        return submit.Loss == SubmitLoss.Answered ? TimeSpan.Zero : Settle * 3 / 20;
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
