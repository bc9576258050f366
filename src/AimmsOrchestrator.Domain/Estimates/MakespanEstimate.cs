using AimmsOrchestrator.Domain.Throttling;

namespace AimmsOrchestrator.Domain.Estimates;

/// <summary>How long a batch should take, by resampling how long runs took before.</summary>
/// <param name="Median">As likely to take longer as shorter.</param>
/// <param name="NinetiethPercentile">Nine times in ten it takes no longer.</param>
public sealed record MakespanEstimate(TimeSpan Median, TimeSpan NinetiethPercentile)
{
    private const int Replicates = 200;

    /// <summary>At most this number of runs is played through; the time of more of them grows in proportion.</summary>
    private const int MostPlayed = 5_000;

    /// <summary>
    /// Plays the batch through a few hundred times: each time draws a sample of the history as large as the history itself
    /// (B. Efron, "Bootstrap Methods", Annals of Statistics 7, 1979), then each run's duration from that sample, and gives
    /// each run the first slot that is free.
    /// </summary>
    /// <param name="history">From a run's submit to its result, one per run; not empty.</param>
    /// <param name="runs">How many runs; at least 1.</param>
    /// <param name="limits">How many at a time, and how fast they may be submitted.</param>
    /// <param name="randomizer">Draws a number from [0, 1).</param>
    public static MakespanEstimate Simulate(
        IReadOnlyList<TimeSpan> history,
        long runs,
        Limits limits,
        Func<double> randomizer
    )
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentNullException.ThrowIfNull(randomizer);
        var played = (int)Math.Min(runs, MostPlayed);
        var spans = new double[Replicates];
        for (var i = 0; i < Replicates; i++)
        {
            spans[i] = Play(Resample(history, randomizer), played, limits, randomizer) * ((double)runs / played);
        }

        Array.Sort(spans);
        return new MakespanEstimate(Quantile(spans, 0.5), Quantile(spans, 0.9));
    }

    private static double[] Resample(IReadOnlyList<TimeSpan> history, Func<double> randomizer)
    {
        var sample = new double[history.Count];
        for (var i = 0; i < sample.Length; i++)
        {
            sample[i] = history[(int)(randomizer() * history.Count)].TotalSeconds;
        }

        return sample;
    }

    /// <summary>Seconds from the first submit to the last result.</summary>
    private static double Play(double[] durations, int runs, Limits limits, Func<double> randomizer)
    {
        var slots = (int)Math.Min(runs, limits.ExpectedUnfinishedTasks);
        var secondsApart = limits.Submits is { } rate ? rate.Period.TotalSeconds / rate.Count : 0;
        var free = new PriorityQueue<int, double>(Enumerable.Range(0, slots).Select(slot => (slot, 0.0)));
        var last = 0.0;
        for (var i = 0; i < runs; i++)
        {
            free.TryDequeue(out var slot, out var from);
            var to = Math.Max(from, i * secondsApart) + durations[(int)(randomizer() * durations.Length)];
            free.Enqueue(slot, to);
            last = Math.Max(last, to);
        }

        return last;
    }

    private static TimeSpan Quantile(double[] sorted, double share) =>
        TimeSpan.FromSeconds(
            Math.Min(sorted[(int)Math.Ceiling(share * sorted.Length) - 1], TimeSpan.MaxValue.TotalSeconds / 2)
        );
}
