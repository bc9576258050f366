using System.Text.Json;
using AimmsOrchestrator.Domain.Expectations;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Reports;
using AimmsOrchestrator.Reports.Statistics;

namespace AimmsOrchestrator.Tests.Reports.Findings;

/// <summary>How the runs compare with the base run, in a sentence.</summary>
public sealed class ComparisonTests
{
    [Theory]
    [InlineData(2, "the same in every run")]
    [InlineData(10, "the same in all 2 runs that have it")]
    public void Every_run_is_meant_only_where_each_has_the_result(int runs, string words)
    {
        var all = Enumerable.Range(0, runs).Select(Run).ToList();
        var wanted = new BaselineRun(
            new Dictionary<string, JsonElement> { ["a"] = JsonSerializer.SerializeToElement(0) }
        );

        var findings = ReportBuilder
            .Summarize(
                Given.Batch(["a"], ["cost"]),
                new RunWalk(() => all),
                new ReportContext { Baseline = Baseline.Find(wanted, all) }
            )
            .Findings.Select(finding => finding.Text);

        Assert.Contains($"Against the base run (run 0) cost is {words}.", findings);

        // What differs by rounding errors alone, as 0.1 + 0.2 does from 0.3, is the same.
        static RunRecord Run(int index) =>
            index < 2
                ? Given.Run(index, Given.Json(("a", index)), Given.Json(("cost", index == 0 ? 0.3 : 0.1 + 0.2)))
                : Given.Pending(index, Given.Json(("a", index)));
    }
}
