namespace AimmsOrchestrator.Domain.Polling.Lifetimes;

/// <summary>What earlier batches say of the times of a new one: probably much the same, but its tasks may be larger, or smaller.</summary>
internal static class EarlierTimes
{
    /// <summary>They count as much as this number of tasks, so that the batch's own soon count for more.</summary>
    private const int Most = 24;

    /// <summary>A prime above the most: its multiples pass through all of them, in a mixed order.</summary>
    private const int Stride = 29;

    /// <summary>
    /// Each third one counts as if it took that many times as long: the first poll must not wait for times of another size. Mostly
    /// shorter, since a poll that comes too early costs little.
    /// </summary>
    private static readonly double[] Scales = [1.0 / 16, 2, 1.0 / 4, 8, 1.0 / 8, 4, 1.0 / 2, 1.0 / 32];

    /// <summary>Some times, evenly from the shortest to the longest.</summary>
    public static IReadOnlyList<TimeSpan> Sample(IEnumerable<TimeSpan> earlier)
    {
        List<TimeSpan> all = [.. earlier.Order()];
        var sample = new TimeSpan[Math.Min(all.Count, Most)];
        for (var i = 0; i < sample.Length; i++)
        {
            // What is forgotten first must not be the shortest.
            var time = all[(int)(((i * Stride % sample.Length) + 0.5) * all.Count / sample.Length)];
            sample[i] = i % 3 == 2 ? time * Scales[i / 3] : time;
        }

        return sample;
    }
}
