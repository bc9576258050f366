namespace AimmsOrchestrator.Tests.Domain.Throttling.Concurrency;

/// <summary>Run times in seconds, the same ones each time, and what they take where each begins as soon as a place is free.</summary>
internal static class RunTimes
{
    // The golden ratio's multiples fall evenly everywhere.
    private const double GoldenRatio = 0.6180339887498949;

    public static IReadOnlyList<double> Of(string kind, int count, double mean) =>
        [.. Enumerable.Range(1, count).Select(i => mean * Quantile(kind, i * GoldenRatio % 1))];

    /// <summary>The makespan of list scheduling (R. L. Graham, "Bounds for Certain Multiprocessing Anomalies", 1966).</summary>
    public static double ListSchedule(IEnumerable<double> runs, int places)
    {
        var free = new PriorityQueue<double, double>(Enumerable.Repeat((0.0, 0.0), places));
        var end = 0.0;
        foreach (var run in runs)
        {
            var until = free.Dequeue() + run;
            free.Enqueue(until, until);
            end = Math.Max(end, until);
        }

        return end;
    }

    private static double Quantile(string kind, double u) =>
        kind switch
        {
            "exponential" => -Math.Log(1 - u),
            "lognormal" => Math.Exp((0.8 * Normal(u)) - 0.32),
            _ => 1,
        };

    /// <summary>Box and Muller's transform, its angle from the same number.</summary>
    private static double Normal(double u) => Math.Sqrt(-2 * Math.Log(1 - u)) * Math.Cos(2 * Math.PI * (u * 7919 % 1));
}
