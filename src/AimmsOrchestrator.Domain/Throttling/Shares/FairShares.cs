using System.Runtime.InteropServices;

namespace AimmsOrchestrator.Domain.Throttling.Shares;

/// <summary>
/// Divides a number of slots among batches by their weights, as water fills vessels: what one has no use for goes to the
/// others. A pure function of what is wanted, blind to the order of the batches.
/// </summary>
/// <remarks>
/// Slots are given out one at a time, each to the batch whose slots, with this one, come to the least per weight (D'Hondt's
/// method; of two alike the older batch gets it). So a batch never loses by a greater weight, and none is below its part, rounded
/// down, while it wants more. Each batch that wants any gets one first, where they suffice.
/// </remarks>
public static class FairShares
{
    /// <summary>The share of each batch, by its number.</summary>
    /// <param name="slots">How many there are; 0 or more.</param>
    /// <param name="wanted">What the batches want; each of them once.</param>
    public static IReadOnlyDictionary<long, int> Of(int slots, IEnumerable<Wanted> wanted)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        List<Wanted> batches = [.. wanted];
        var shares = batches.ToDictionary(batch => batch.Batch, _ => 0);
        var next = new PriorityQueue<Wanted, (bool HasAny, double Level, long Batch)>();
        foreach (var batch in batches.Where(batch => batch.Slots > 0))
        {
            // As long as one has none, it comes before all that have some: the heaviest first.
            next.Enqueue(batch, (false, 1.0 / batch.Weight, batch.Batch));
        }

        for (var left = slots; left > 0 && next.TryDequeue(out var batch, out _); left--)
        {
            var share = ++shares[batch.Batch];
            if (share < batch.Slots)
            {
                next.Enqueue(batch, (true, (share + 1.0) / batch.Weight, batch.Batch));
            }
        }

        return shares;
    }
}

/// <summary>What a batch wants of its account.</summary>
/// <param name="Batch">Its number.</param>
/// <param name="Slots">How many slots it has a use for now, those that it holds included; 0 or more.</param>
/// <param name="Weight">More than 0.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Wanted(long Batch, int Slots, int Weight);
