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
        if (spread.IsConstant)
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

        var digits = Wording.DigitsOf(spread.Minimum, spread.Maximum);
        var low = Where(spread.Minimum, result.RowOfMinimum, result.RowOfMaximum);
        var high = Where(spread.Maximum, result.RowOfMaximum, result.RowOfMinimum);
        yield return new Finding(
            FindingKind.Range,
            $"{name} ranges from {Wording.Number(spread.Minimum, digits)}{low} to {Wording.Number(spread.Maximum, digits)}{high}; its median is {Wording.Number(spread.Quartiles.Median, digits)}.",
            context.ChartOf(name)
        );
        if (context.Design.IsRandom && result.Count >= FewestForPercentiles)
        {
            yield return new Finding(
                FindingKind.Range,
                Percentiles(context, result),
                context.ChartOf(name, "distribution")
            );
        }

        string Where(double end, int row, int other) =>
            CountOf(context, result, end) is var runs && 2 * runs >= result.Count ? $" (in {Wording.Runs(runs)})"
            : context.Settings(row, other) is { Length: > 0 } settings ? $" ({settings})"
            : "";
    }

    /// <summary>In how many completed runs the result has a value: where most have it, no single one is named.</summary>
    private static long CountOf(FindingContext context, ResultStatistics result, double value)
    {
        var numbers = result.Result.Numbers;
        var count = 0L;
        foreach (var row in context.Status.Completed)
        {
            count += Spread.AreSame(numbers[row], value) ? 1 : 0;
        }

        return count;
    }

    /// <summary>How often each of a few values occurs, such as <c>3 in 9 runs and 4 in 10 runs</c>.</summary>
    private static string Counts(FindingContext context, ResultStatistics result)
    {
        var levels = result.Result.Levels;
        var rows = context.Status.Completed.Where(row => levels.OfRow[row] >= 0);
        var counts = new List<(int Level, long Runs)>();
        foreach (var (level, runs) in rows.CountBy(row => levels.OfRow[row]).OrderBy(count => count.Key))
        {
            // What differs by rounding errors alone is one value.
            if (counts is [.., var last] && Spread.AreSame(levels.Number(last.Level), levels.Number(level)))
            {
                counts[^1] = (last.Level, last.Runs + runs);
            }
            else
            {
                counts.Add((level, runs));
            }
        }

        double[] values = [.. counts.Select(count => levels.Number(count.Level))];
        var digits = Wording.DigitsOf(values);
        return Wording.List([
            .. counts.Select(count =>
                $"{Wording.Label(result.Result, count.Level, digits)} in {Wording.Runs(count.Runs)}"
            ),
        ]);
    }

    private static string Percentiles(FindingContext context, ResultStatistics result)
    {
        var (low, high) = (result.Spread.Tails[0], result.Spread.Tails[3]);
        var digits = Wording.DigitsOf(low, high);
        var mean = Wording.Number(result.Spread.Mean);
        var sure = HalfWidth(context, result) is { } half ? $" ± {Wording.Number(half)} (95 % confidence)" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{result.Result.Name} lies between {Wording.Number(low, digits)} and {Wording.Number(high, digits)} in 90 % of the runs (P5 to P95); its mean is {mean}{sure}."
        );
    }

    /// <summary>
    /// Of the mean, by Student's t over the independent draws; null where these are too few, have the same mean, or are too far apart
    /// for a double.
    /// </summary>
    private static double? HalfWidth(FindingContext context, ResultStatistics result)
    {
        var draws = context.Design.Draws.Average(context.Frame.Completed(result.Result));
        var (count, deviation) = (result.Count, result.Spread.StandardDeviation);
        if (draws.HaveRepeats)
        {
            var numbers = draws.Numbers();
            (count, deviation) = (
                numbers.Length,
                !draws.AreConstant && Array.TrueForAll(numbers, double.IsFinite)
                    ? Spread.OfInPlace(numbers).StandardDeviation
                    : null
            );
        }

        return count > 1 && deviation is { } known
            ? StudentT.InvCDF(0, 1, count - 1, 0.975) * known / Math.Sqrt(count)
            : null;
    }
}
