namespace AimmsOrchestrator.Reports.Findings;

/// <summary>The first sentences of a report: what came out, in the order in which a reader asks.</summary>
internal static class BatchFindings
{
    private const int Most = 7;
    private const int MostResults = 2;

    /// <summary>
    /// At most seven findings, and those that are asked for: of each threshold, and of each batch that is compared. A finding is
    /// made only where the data bears it.
    /// </summary>
    public static IReadOnlyList<Finding> Of(FindingContext context)
    {
        var outcome = OutcomeFindings.Of(context).ToList();
        var results = context
            .Results.Take(MostResults)
            .SelectMany(result =>
                RangeFindings
                    .Of(context, result)
                    .Concat(DriverFindings.Of(context, result) is { } driver ? [driver] : [])
            )
            .ToList();
        var odd = OddityFindings.Of(context).ToList();
        var thresholds = ThresholdFindings.Of(context).ToList();
        var (violated, comparison) = Compared(context);
        var differences = context.Comparisons.Select(text => new Finding(FindingKind.Difference, text)).ToList();

        // What must not be overlooked comes before what is nice to know.
        var kept = new[]
        {
            differences,
            outcome.Take(1),
            violated,
            odd.Take(2),
            results.Take(2),
            comparison,
            outcome.Skip(1),
            results.Skip(2),
            odd.Skip(2),
        }
            .SelectMany(findings => findings)
            .Take(Math.Max(Most, differences.Count + 1))
            .Concat(thresholds)
            .ToHashSet();
        List<Finding> all =
        [
            .. differences,
            .. outcome.Take(1),
            .. violated,
            .. outcome.Skip(1),
            .. results,
            .. odd,
            .. thresholds,
            .. comparison,
        ];
        return all.FindAll(kept.Contains);
    }

    /// <summary>The sentence about expectations where one is violated, and what else is compared.</summary>
    private static (List<Finding> Violated, List<Finding> Others) Compared(FindingContext context)
    {
        var all = ComparisonFindings.Of(context).ToList();
        var violated = context.Expectations.Any(rule => rule.Violated > 0)
            ? all.FindAll(finding => finding.Kind == FindingKind.Expectation)
            : [];
        return (violated, [.. all.Except(violated)]);
    }
}
