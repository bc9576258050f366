namespace AimmsOrchestrator.Domain.Throttling.Shares;

/// <summary>The demands of the batches at one account, and what each of them gets. Times are on a monotonic clock.</summary>
public sealed class AccountShares
{
    /// <summary>A batch that has said nothing for this long is no more.</summary>
    public static readonly TimeSpan Forgotten = TimeSpan.FromSeconds(3);

    private readonly Dictionary<long, (Demand Demand, TimeSpan At)> _demands = [];

    /// <summary>Whether no batch is left.</summary>
    public bool IsEmpty => _demands.Count == 0;

    /// <summary>A batch asks; its earlier demand is out of date.</summary>
    public void Put(Demand demand, TimeSpan now)
    {
        ArgumentNullException.ThrowIfNull(demand);
        _demands[demand.Batch] = (demand, now);
    }

    /// <summary>A batch has ended.</summary>
    public void Remove(long batch) => _demands.Remove(batch);

    /// <summary>What each batch gets now.</summary>
    public IReadOnlyDictionary<long, Share> At(TimeSpan now)
    {
        foreach (var (batch, (_, at)) in _demands.ToList())
        {
            if (now - at > Forgotten)
            {
                _demands.Remove(batch);
            }
        }

        List<Demand> demands = [.. _demands.Values.Select(known => known.Demand)];
        if (demands.Count == 0)
        {
            return new Dictionary<long, Share>();
        }

        // Each scenario's limit is a ceiling over the account: the highest says how much there is, its own what it may have.
        var slots = FairShares.Of(
            demands.Max(demand => demand.Limits.MaxUnfinishedTasks),
            demands.Select(demand => new Wanted(
                demand.Batch,
                Math.Min(demand.Wanted, demand.Limits.MaxUnfinishedTasks),
                WeightOf(demand)
            ))
        );
        var submits = RateShares.Of(demands, demand => demand.Limits.Submits);
        var requests = RateShares.Of(demands, demand => demand.Limits.Requests);
        return demands.ToDictionary(
            demand => demand.Batch,
            demand => new Share(
                demands.Count == 1 ? demand.Limits.MaxUnfinishedTasks : slots[demand.Batch],
                submits[demand.Batch],
                requests[demand.Batch]
            )
        );
    }

    internal static int WeightOf(Demand demand) => demand.Limits.Priority.Weight();
}
