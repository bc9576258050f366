namespace AimmsOrchestrator.Reports.Findings;

/// <summary>The first sentences of a report: what came out, in the order in which a reader asks.</summary>
internal static class BatchFindings
{
    private const int Most = 7;
    private const int MostResults = 2;

    /// <summary>At most seven findings. A finding is made only where the data bears it.</summary>
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
        var comparison = ThresholdFindings.Of(context).Concat(ComparisonFindings.Of(context)).ToList();

        var differences = context.Comparisons.Select(text => new Finding(FindingKind.Difference, text)).ToList();

        // What must not be overlooked comes before what is nice to know.
        var kept = new[]
        {
            differences,
            outcome.Take(1),
            odd.Take(2),
            results.Take(2),
            comparison,
            outcome.Skip(1),
            results.Skip(2),
            odd.Skip(2),
        }
            .SelectMany(findings => findings)
            .Take(Most)
            .ToHashSet();
        return [.. differences.Concat(outcome).Concat(results).Concat(odd).Concat(comparison).Where(kept.Contains)];
    }
}
