using AimmsOrchestrator.Domain.Accounts;

namespace AimmsOrchestrator.Domain.Throttling.Shares;

/// <summary>The demands of the batches at one account, and what each of them gets. Times are on a monotonic clock.</summary>
public sealed class AccountShares
{
    /// <summary>A slot that cannot be divided goes round this often.</summary>
    public static readonly TimeSpan Turn = TimeSpan.FromSeconds(2);

    /// <summary>What was missed long ago is no claim to slots now.</summary>
    private const double LargestMissed = 2;

    private readonly Dictionary<long, (Demand Demand, TimeSpan At)> _demands = [];
    private readonly Dictionary<long, double> _missed = [];
    private Dictionary<long, double> _counted = [];
    private IReadOnlyDictionary<long, FairShare> _latest = new Dictionary<long, FairShare>();
    private TimeSpan _latestAt;

    /// <summary>Whether no batch is left.</summary>
    public bool IsEmpty => _demands.Count == 0;

    /// <summary>A batch asks; its earlier demand is out of date.</summary>
    public void Put(Demand demand, TimeSpan now)
    {
        ArgumentNullException.ThrowIfNull(demand);
        _demands[demand.Batch] = (demand, now);
    }

    /// <summary>A batch has ended.</summary>
    public void Remove(long batch)
    {
        _demands.Remove(batch);
        _missed.Remove(batch);
    }

    /// <summary>What the batches missed counts from now on; to be called once a <see cref="Turn"/>.</summary>
    public void NextTurn(TimeSpan now)
    {
        CountMissed(now);
        _counted = new Dictionary<long, double>(_missed);
    }

    /// <summary>What each batch gets now.</summary>
    public IReadOnlyDictionary<long, Share> At(TimeSpan now)
    {
        CountMissed(now);
        foreach (var (batch, (_, at)) in _demands.ToList())
        {
            if (now - at > Demand.Lifetime)
            {
                Remove(batch);
            }
        }

        List<Demand> demands = [.. _demands.Values.Select(known => known.Demand)];
        _latest = Divide(demands);
        var submits = RateShares.Of(demands, limits => limits.Submits, account => account.Submits);
        var requests = RateShares.Of(demands, limits => limits.Requests, account => account.Requests);
        return demands.ToDictionary(
            demand => demand.Batch,
            demand => new Share(
                demands.Count == 1 ? demand.Limits.MaxUnfinishedTasks : _latest[demand.Batch].Slots,
                submits[demand.Batch],
                requests[demand.Batch]
            )
        );
    }

    /// <summary>The highest ceiling over the account says how much there is, a batch's own limit what it may have.</summary>
    private IReadOnlyDictionary<long, FairShare> Divide(List<Demand> demands) =>
        FairShares.Of(
            demands.Select(demand => AccountCeiling.Of(demand.Limits).UnfinishedTasks).DefaultIfEmpty().Max(),
            demands.Select(demand => new Wanted(
                demand.Batch,
                Math.Min(demand.Wanted, demand.Limits.MaxUnfinishedTasks),
                WeightOf(demand)
            )
            {
                Missed = _counted.GetValueOrDefault(demand.Batch),
            })
        );

    /// <summary>Adds up what each batch missed since the latest division.</summary>
    private void CountMissed(TimeSpan now)
    {
        var turns = (now - _latestAt) / Turn;
        _latestAt = now;
        foreach (var (batch, share) in _latest.Where(known => _demands.ContainsKey(known.Key)))
        {
            var missed = _missed.GetValueOrDefault(batch) + ((share.Quota - share.Slots) * turns);
            _missed[batch] = Math.Clamp(missed, -LargestMissed, LargestMissed);
        }
    }

    internal static int WeightOf(Demand demand) => demand.Limits.Priority.Weight();
}
