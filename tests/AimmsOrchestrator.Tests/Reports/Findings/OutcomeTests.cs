using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Reports;

namespace AimmsOrchestrator.Tests.Reports.Findings;

/// <summary>What came of runs that failed for several reasons, were cancelled or have not ended.</summary>
public sealed class OutcomeTests
{
    [Fact]
    public void What_one_of_two_groups_has_in_common_is_not_said_of_all_that_failed()
    {
        // a = 5 in four of twenty runs; the other two that failed, (1, 2) and (2, 3), have nothing in common.
        var findings = Findings(5, 4, (a, b) => a == 5 ? "infeasible" : Unlicensed(a + 1, b + 1) ?? Unlicensed(a, b));

        Assert.Equal("14 of 20 runs completed, 6 failed.", findings[0]);
        Assert.Contains("4 runs failed with “infeasible”: all 4 have a = 5.", findings);
    }

    [Fact]
    public void Only_runs_that_were_compared_are_said_to_be_other_ones()
    {
        // Ten runs with a = 4 and one without; that with a = 2 and b = 3 failed for another reason, or has not run.
        var report = Report(4, 10, (a, b) => Infeasible(a, b) ?? Unlicensed(a, b));
        var pending = Findings(4, 10, Infeasible, RunPhase.Pending);

        Assert.Equal("28 of 40 runs completed, 12 failed.", report.Findings[0].Text);
        Assert.Contains(
            report.Findings,
            finding => finding.Text == "11 runs failed with “infeasible”: 10 of 11 have a = 4, and no other run has."
        );
        Assert.Equal("10 of 11 have a = 4, and no completed run has", report.Failures[0].Condition);
        Assert.Equal("28 of 40 runs completed, 11 failed (infeasible), 1 has not ended.", pending[0]);
        Assert.Contains("11 runs failed: 10 of 11 have a = 4, and no completed run has.", pending);
    }

    [Fact]
    public void A_cancelled_run_is_called_so() =>
        Assert.Equal(
            "28 of 40 runs completed, 11 failed (infeasible), 1 cancelled.",
            Findings(4, 10, Infeasible, RunPhase.Cancelled)[0]
        );

    private static string? Infeasible(int a, int b) => a == 4 || (a == 1 && b == 5) ? "infeasible" : null;

    private static string? Unlicensed(int a, int b) => a == 2 && b == 3 ? "no licence" : null;

    private static List<string> Findings(int a, int b, Func<int, int, string?> error, RunPhase? left = null) =>
        [.. Report(a, b, error, left).Findings.Select(finding => finding.Text)];

    /// <summary>Of a grid of a by b.</summary>
    /// <param name="ofA">How many values a has, from 1.</param>
    /// <param name="ofB">How many values b has, from 1.</param>
    /// <param name="error">Why a run failed; null for one that completed.</param>
    /// <param name="left">The phase of the run with a = 2 and b = 3; null where it has run.</param>
    private static ReportStatistics Report(int ofA, int ofB, Func<int, int, string?> error, RunPhase? left = null)
    {
        var runs = Enumerable.Range(0, ofA * ofB).Select(i => Run(i, 1 + i / ofB, 1 + i % ofB)).ToList();
        return ReportBuilder.Summarize(Given.Batch(["a", "b"], ["cost"]), new RunWalk(() => runs));

        RunRecord Run(int index, int a, int b)
        {
            var parameters = Given.Json(("a", a), ("b", b));
            var why = error(a, b);
            return left is { } phase && a == 2 && b == 3 ? Given.Pending(index, parameters) with { Phase = phase }
                : why is null ? Given.Run(index, parameters, Given.Json(("cost", 1)))
                : Given.Run(index, parameters, null, why);
        }
    }
}
