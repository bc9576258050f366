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

    /// <summary>How long to wait before a look at the list: short at first, since most tasks are listed at once.</summary>
    /// <param name="looks">Looks so far.</param>
    public TimeSpan WaitAfter(int looks)
    {
        var first = Settle / 20;
        return looks > 3 ? Settle / 4 : first * Math.Pow(2, looks);
    }
}
