namespace AimmsOrchestrator.Benchmarks.Batches;

/// <summary>How long the tasks of a measured batch run.</summary>
/// <param name="Name">What a person calls it.</param>
/// <param name="Quantile">The time, in means, that a share of the tasks does not exceed.</param>
internal sealed record TaskTimes(string Name, Func<double, double> Quantile)
{
    // The golden ratio's multiples fall evenly everywhere, and the same way each time.
    private const double GoldenRatio = 0.6180339887498949;

    public static TaskTimes Lognormal { get; } = new("lognormal", u => Math.Exp((0.8 * Normal(u)) - 0.32));

    public static TaskTimes Exponential { get; } = new("exponential", u => -Math.Log(1 - u));

    public static TaskTimes Constant { get; } = new("constant", _ => 1);

    /// <summary>The times in seconds of some tasks, in the order in which they are submitted.</summary>
    public List<double> Of(int tasks, double mean) =>
        [.. Enumerable.Range(1, tasks).Select(i => mean * Quantile(i * GoldenRatio % 1))];

    /// <summary>The makespan where each task begins, in order, as soon as a place is free (Graham 1966).</summary>
    public static double ListSchedule(IEnumerable<double> seconds, int places)
    {
        var free = new PriorityQueue<double, double>(Enumerable.Repeat((0.0, 0.0), places));
        var end = 0.0;
        foreach (var duration in seconds)
        {
            var until = free.Dequeue() + duration;
            free.Enqueue(until, until);
            end = Math.Max(end, until);
        }

        return end;
    }

    /// <summary>A quantile of the standard normal distribution (Box and Muller's transform, its angle from the same number).</summary>
    private static double Normal(double u) => Math.Sqrt(-2 * Math.Log(1 - u)) * Math.Cos(2 * Math.PI * (u * 7919 % 1));
}
