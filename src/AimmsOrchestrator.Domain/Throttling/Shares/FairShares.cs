namespace AimmsOrchestrator.Domain.Throttling.Shares;

/// <summary>
/// Divides a number of slots among batches by their weights, as water fills vessels: what one has no use for goes to the
/// others. A pure function of what is wanted, blind to the order of the batches.
/// </summary>
/// <remarks>
/// Each batch has a quota, which is a fraction of slots: its weight times the one level at which the quotas come to all
/// slots, but no more than it wants, and at least one where the slots suffice for that. It gets its quota rounded down; the slots
/// that are left go to the largest rests (Hamilton's method), where what a batch missed earlier counts as part of its rest. So a batch
/// never loses by a greater weight, and over time each gets its quota.
/// </remarks>
public static class FairShares
{
    /// <summary>A sum of quotas is a whole number but for rounding.</summary>
    private const double Rounding = 1e-9;

    /// <summary>The share of each batch, by its number.</summary>
    /// <param name="slots">How many there are; 0 or more.</param>
    /// <param name="wanted">What the batches want; each of them once.</param>
    public static IReadOnlyDictionary<long, FairShare> Of(int slots, IEnumerable<Wanted> wanted)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        List<Wanted> batches = [.. wanted.OrderBy(batch => batch.Batch)];
        var given = (int)Math.Min(slots, batches.Sum(batch => (long)batch.Slots));
        var quotas = Quotas(given, batches);
        var shares = quotas.Select(quota => (int)(quota + Rounding)).ToArray();
        var rests = Enumerable
            .Range(0, batches.Count)
            .Where(i => shares[i] < batches[i].Slots)
            .OrderByDescending(i => quotas[i] - shares[i] + batches[i].Missed);
        foreach (var i in rests.Take(given - shares.Sum()))
        {
            shares[i]++;
        }

        return batches
            .Index()
            .ToDictionary(at => at.Item.Batch, at => new FairShare(shares[at.Index], quotas[at.Index]));
    }

    /// <summary>
    /// Quotas that come to the slots given. Those that are out of bounds at a level are set to their bound, on the side where
    /// that changes more, and the rest is divided anew; so no bound that is set once is ever undone.
    /// </summary>
    private static double[] Quotas(int given, List<Wanted> batches)
    {
        var least = batches.Count(batch => batch.Slots > 0) <= given ? 1 : 0;
        var quotas = new double[batches.Count];
        var open = Enumerable.Range(0, batches.Count).ToHashSet();
        double left = given;
        while (open.Count > 0)
        {
            var level = left / open.Sum(i => batches[i].Weight);
            var off = open.ToDictionary(i => i, i => Bound(batches[i], level) - (batches[i].Weight * level));
            var total = off.Values.Sum();
            var bound = off.Where(one => total >= 0 ? one.Value > 0 : one.Value < 0).Select(one => one.Key).ToList();
            foreach (var i in bound.Count == 0 ? [.. open] : bound)
            {
                quotas[i] = Bound(batches[i], level);
                left -= quotas[i];
                open.Remove(i);
            }
        }

        return quotas;

        double Bound(Wanted batch, double level) =>
            Math.Clamp(batch.Weight * level, Math.Min(least, batch.Slots), batch.Slots);
    }
}
