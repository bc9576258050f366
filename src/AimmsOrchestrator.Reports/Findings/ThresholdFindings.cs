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
    internal static (double Low, double High) Interval(long hits, long all) => Interval((double)hits / all, all);

    /// <param name="p">The share.</param>
    /// <param name="n">
    /// The number of independent draws. Where some runs of a draw are above and others not, its own share varies less than a
    /// whole number would, and the interval is wider than it needs to be.
    /// </param>
    internal static (double Low, double High) Interval(double p, double n)
    {
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

        var sure = context.Design.IsRandom ? Sure() : "";
        return $"{name} is above {Wording.Number(threshold)} in {Wording.Count(above)} of {Wording.Runs(all)}{sure}.";

        string Sure()
        {
            var draws = context.Design.Draws.Average(context.Frame.Completed(result.Result)).EffectiveCount();
            var (share, (low, high)) = ((double)above / all, Interval((double)above / all, draws));
            return $" ({Wording.Percent(share)}; {Wording.PercentRange(low, high)} with 95 % confidence)";
        }
    }
}
