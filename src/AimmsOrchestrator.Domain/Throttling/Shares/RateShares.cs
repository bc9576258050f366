namespace AimmsOrchestrator.Domain.Throttling.Shares;

/// <summary>Divides a rate among the batches that use it.</summary>
internal static class RateShares
{
    /// <summary>
    /// The rate of each batch. Batches whose scenarios state the same rate share it by weight; where there are more batches than
    /// uses in its period, each gets one use in as many periods. A rate that no other batch states stays its own.
    /// </summary>
    /// <param name="demands">The batches.</param>
    /// <param name="rate">The rate of one of them; null for none.</param>
    public static IReadOnlyDictionary<long, Rate?> Of(IReadOnlyList<Demand> demands, Func<Demand, Rate?> rate)
    {
        var shares = new Dictionary<long, Rate?>();
        foreach (var alike in demands.GroupBy(rate))
        {
            List<Demand> batches = [.. alike];
            // One that wants nothing still polls what it has.
            var counts = FairShares.Of(
                alike.Key?.Count ?? 0,
                batches.Select(batch => new Wanted(batch.Batch, int.MaxValue, AccountShares.WeightOf(batch)))
            );
            foreach (var batch in batches)
            {
                shares[batch.Batch] = alike.Key switch
                {
                    null => null,
                    var whole when batches.Count > whole.Count => new Rate(1, whole.Period * batches.Count),
                    var whole => whole with { Count = counts[batch.Batch] },
                };
            }
        }

        return shares;
    }
}
