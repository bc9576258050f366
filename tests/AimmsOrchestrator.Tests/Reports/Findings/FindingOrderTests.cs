using AimmsOrchestrator.Domain.Expectations;
using AimmsOrchestrator.Reports;

namespace AimmsOrchestrator.Tests.Reports.Findings;

/// <summary>Which findings come first, and which of them are never cut.</summary>
public sealed class FindingOrderTests
{
    [Fact]
    public void A_violated_expectation_comes_after_the_outcome_and_no_threshold_is_cut()
    {
        var batch = new KnownBatch("grid")
        {
            Points = Known.Grid(Known.To(5), Known.To(3)),
            Model = (_, p) => Known.Cost(10 * p[0]),
        };
        var context = new ReportContext
        {
            Thresholds = new Dictionary<string, IReadOnlyList<double>> { ["cost"] = [5, 15, 25, 35, 45, 55] },
            Expectations = [new ExpectationResult("cost <= 20", 15, 9, [])],
        };

        var findings = ReportBuilder
            .Summarize(batch.Batch, new RunWalk(batch.Runs), context)
            .Findings.Select(finding => finding.Text)
            .ToList();

        // A cost of 10, 20, 30, 40 and 50 in three runs each.
        Assert.Equal(
            [
                "All 15 runs completed.",
                "The expectation is violated: cost <= 20, 9 of 15 times.",
                "cost ranges from 10 (a 1, b 1) to 50 (a 5, b 1); its median is 30.",
                "a explains 100 % of how cost varies (it rises with it).",
                "cost is above 5 in 15 of 15 runs.",
                "cost is above 15 in 12 of 15 runs.",
                "cost is above 25 in 9 of 15 runs.",
                "cost is above 35 in 6 of 15 runs.",
                "cost is above 45 in 3 of 15 runs.",
                "cost is above 55 in 0 of 15 runs.",
            ],
            findings
        );
    }

    [Fact]
    public void Each_batch_that_is_compared_has_its_sentence()
    {
        var batch = new KnownBatch("one")
        {
            Parameters = ["a"],
            Points = Known.Grid([3]),
            Model = (_, _) => Known.Cost(7),
        };
        var compared = Enumerable.Range(2, 8).Select(i => $"a-{i} against a-1: no run is in both.").ToList();

        var findings = ReportBuilder
            .Summarize(batch.Batch, new RunWalk(batch.Runs), new ReportContext { Comparisons = compared })
            .Findings.Select(finding => finding.Text);

        Assert.Equal([.. compared, "The run completed."], findings);
    }
}
