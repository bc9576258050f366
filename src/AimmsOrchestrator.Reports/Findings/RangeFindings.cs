using System.Globalization;
using AimmsOrchestrator.Reports.Statistics;
using MathNet.Numerics.Distributions;

namespace AimmsOrchestrator.Reports.Findings;

/// <summary>Where a result lies: its ends and the runs there; of a random sample also what most runs come to.</summary>
internal static class RangeFindings
{
    private const int FewestForPercentiles = 20;
    private const int MostCounted = 4;

    public static IEnumerable<Finding> Of(FindingContext context, ResultStatistics result)
    {
        var (name, spread) = (result.Result.Name, result.Spread);
        if (spread.Minimum.Equals(spread.Maximum))
        {
            if (result.Count > 1)
            {
                yield return new Finding(
                    FindingKind.Range,
                    $"{name} is {Wording.Number(spread.Minimum)} in all {Wording.Runs(result.Count)} that have it."
                );
            }

            yield break;
        }

        if (result.Result.HasAtMost(MostCounted) && result.Result.Levels.AreNumbers)
        {
            yield return new Finding(FindingKind.Range, $"{name} is {Counts(context, result)}.", context.ChartOf(name));
            yield break;
        }

        var (low, high) = (Where(spread.Minimum, result.RowOfMinimum), Where(spread.Maximum, result.RowOfMaximum));
        yield return new Finding(
            FindingKind.Range,
            $"{name} ranges from {Wording.Number(spread.Minimum)}{low} to {Wording.Number(spread.Maximum)}{high}; its median is {Wording.Number(spread.Quartiles.Median)}.",
            context.ChartOf(name)
        );
        if (context.Design.IsRandom && result.Count >= FewestForPercentiles)
        {
            yield return new Finding(FindingKind.Range, Percentiles(result), context.ChartOf(name, "distribution"));
        }

        string Where(double end, int row) =>
            CountOf(context, result, end) is var runs && 2 * runs >= result.Count ? $" (in {Wording.Runs(runs)})"
            : context.Settings(row) is { Length: > 0 } settings ? $" ({settings})"
            : "";
    }

    /// <summary>In how many completed runs the result has a value: where most have it, no single one is named.</summary>
    private static long CountOf(FindingContext context, ResultStatistics result, double value)
    {
        var numbers = result.Result.Numbers;
        var count = 0L;
        foreach (var row in context.Status.Completed)
        {
            count += numbers[row].Equals(value) ? 1 : 0;
        }

        return count;
    }

    /// <summary>How often each of a few values occurs, such as <c>3 in 9 runs and 4 in 10 runs</c>.</summary>
    private static string Counts(FindingContext context, ResultStatistics result)
    {
        var levels = result.Result.Levels;
        var counts = context.Status.Completed.Where(row => levels.OfRow[row] >= 0).CountBy(row => levels.OfRow[row]);
        return Wording.List([
            .. counts
                .OrderBy(count => count.Key)
                .Select(count => $"{Wording.Label(result.Result, count.Key)} in {Wording.Runs(count.Value)}"),
        ]);
    }

    private static string Percentiles(ResultStatistics result)
    {
        var (low, high) = (result.Spread.Tails[0], result.Spread.Tails[3]);
        var mean = Wording.Number(result.Spread.Mean);
        var half = result.Spread.StandardDeviation is { } deviation
            ? $" ± {Wording.Number(StudentT.InvCDF(0, 1, result.Count - 1, 0.975) * deviation / Math.Sqrt(result.Count))}"
            : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{result.Result.Name} lies between {Wording.Number(low)} and {Wording.Number(high)} in 90 % of the runs (P5 to P95); its mean is {mean}{half} (95 % confidence)."
        );
    }
}
