using AimmsOrchestrator.Domain.Accounts;

namespace AimmsOrchestrator.Domain.Throttling.Shares;

/// <summary>Divides a rate among the batches that use it.</summary>
internal static class RateShares
{
    /// <summary>
    /// The rate of each batch. Batches share the account's rate by weight, and each keeps its own where that is less; where there
    /// are more batches than uses in the rate's period, each gets one use in as many periods. Where no more is known of the account
    /// than what each batch states, those that state the same rate share it.
    /// </summary>
    /// <param name="demands">The batches.</param>
    /// <param name="own">The rate of one batch; null for none.</param>
    /// <param name="account">The rate of the account; null where it is not known.</param>
    public static IReadOnlyDictionary<long, Rate?> Of(
        IReadOnlyList<Demand> demands,
        Func<Limits, Rate?> own,
        Func<LimitCeilings, Rate?> account
    )
    {
        var shares = new Dictionary<long, Rate?>();
        foreach (var alike in demands.GroupBy(demand => account(demand.Limits.Account) ?? own(demand.Limits)))
        {
            List<Demand> batches = [.. alike];
            // One that wants nothing still polls what it has.
            var counts = FairShares.Of(
                alike.Key?.Count ?? 0,
                batches.Select(batch => new Wanted(batch.Batch, int.MaxValue, AccountShares.WeightOf(batch)))
            );
            foreach (var batch in batches)
            {
                var share = alike.Key switch
                {
                    null => null,
                    var whole when batches.Count > whole.Count => new Rate(1, whole.Period * batches.Count),
                    var whole => whole with { Count = counts[batch.Batch].Slots },
                };
                shares[batch.Batch] =
                    own(batch.Limits) is { } most && share is not null && most.KeepsWithin(share) ? most : share;
            }
        }

        return shares;
    }
}
