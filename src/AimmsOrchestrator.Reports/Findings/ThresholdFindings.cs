using AimmsOrchestrator.Reports.Statistics;

namespace AimmsOrchestrator.Reports.Findings;

/// <summary>How often a result is above a value that the author named; of a random sample also how sure that is.</summary>
internal static class ThresholdFindings
{
    /// <summary>The 0.975 quantile of the normal distribution: for 95 % confidence on two sides.</summary>
    private const double Z = 1.959963984540054;

    public static IEnumerable<Finding> Of(FindingContext context) =>
        context.Results.SelectMany(result =>
            context
                .Thresholds.GetValueOrDefault(result.Result.Name, [])
                .Select(threshold => new Finding(
                    FindingKind.Range,
                    Text(context, result, threshold),
                    context.ChartOf(result.Result.Name, "distribution")
                ))
        );

    /// <summary>The interval of a share by Wilson's score (1927).</summary>
    internal static (double Low, double High) Interval(long hits, long all)
    {
        var (n, p) = ((double)all, (double)hits / all);
        var middle = p + (Z * Z / (2 * n));
        var half = Z * Math.Sqrt((p * (1 - p) / n) + (Z * Z / (4 * n * n)));
        var scale = 1 + (Z * Z / n);
        return (Math.Max(0, (middle - half) / scale), Math.Min(1, (middle + half) / scale));
    }

    private static string Text(FindingContext context, ResultStatistics result, double threshold)
    {
        var name = result.Result.Name;
        var numbers = result.Result.Numbers;
        var (above, all) = (0L, 0L);
        foreach (var row in context.Status.Completed)
        {
            all += double.IsNaN(numbers[row]) ? 0 : 1;
            above += numbers[row] > threshold ? 1 : 0;
        }

        var (low, high) = Interval(above, all);
        var sure = context.Design.IsRandom
            ? $" ({Wording.Percent((double)above / all)}; {Wording.PercentRange(low, high)} with 95 % confidence)"
            : "";
        return $"{name} is above {Wording.Number(threshold)} in {Wording.Count(above)} of {Wording.Runs(all)}{sure}.";
    }
}
