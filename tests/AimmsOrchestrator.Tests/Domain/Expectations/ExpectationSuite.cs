using AimmsOrchestrator.Domain.Expectations;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Tests.Reports;

namespace AimmsOrchestrator.Tests.Domain.Expectations;

/// <summary>What reports and exit codes rely on in a rule across the runs of a batch.</summary>
/// <param name="rule">A rule that costs of 10 in every run keep, and costs of 99 and "none" beside one of 10 break.</param>
public abstract class ExpectationSuite(IExpectation rule)
{
    [Fact]
    public void A_rule_that_every_run_keeps_holds_by_its_name()
    {
        var result = rule.Check(() => Runs("10", "10", "10"));

        Assert.True(result.Holds, result.Summary);
        Assert.Equal(rule.Name, result.Name);
        Assert.True(result.Checked > 0);
        Assert.Empty(result.First);
    }

    [Fact]
    public void Violations_are_counted_and_the_first_few_told_in_one_line_each_with_their_runs()
    {
        IReadOnlyList<RunRecord> runs = Runs(["10", .. Enumerable.Range(0, 20).Select(_ => "99")]);

        var result = rule.Check(() => runs);

        Assert.False(result.Holds);
        Assert.InRange(result.First.Count, 1, ExpectationResult.MostTold);
        Assert.True(result.Violated >= result.First.Count && result.Checked >= result.Violated);
        Assert.All(
            result.First,
            violation =>
            {
                Assert.NotEmpty(violation.Runs);
                Assert.All(violation.Runs, index => Assert.InRange(index, 0, runs.Count - 1));
                Assert.DoesNotContain('\n', violation.Message);
                Assert.Contains($"run {violation.Runs[0]}", violation.Message, StringComparison.Ordinal);
            }
        );
    }

    [Fact]
    public void A_result_that_is_no_number_never_counts_as_kept()
    {
        var result = rule.Check(() => Runs("10", "\"none\""));

        Assert.False(result.Holds, result.Summary);
    }

    [Fact]
    public void Where_no_run_has_completed_it_does_not_hold_and_says_so()
    {
        var result = rule.Check(() => []);

        Assert.Equal((0L, 0L, false), (result.Checked, result.Violated, result.Holds));
        Assert.StartsWith("not checked: ", result.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void It_may_be_asked_again_and_each_walk_ends()
    {
        var runs = Runs("10", "99", "10");
        var open = 0;
        IEnumerable<RunRecord> Walk()
        {
            open++;
            try
            {
                foreach (var run in runs)
                {
                    yield return run;
                }
            }
            finally
            {
                open--;
            }
        }

        var (first, second) = (rule.Check(Walk), rule.Check(Walk));

        Assert.Equal((first.Checked, first.Violated), (second.Checked, second.Violated));
        Assert.Equal(first.First.Select(v => v.Message), second.First.Select(v => v.Message));
        Assert.Equal(0, open);
    }

    /// <summary>Runs of x = 1, 2, 3… with these costs.</summary>
    private static RunRecord[] Runs(params string[] costs) =>
        [.. costs.Select((cost, i) => Given.Run(i, $$"""{"x":{{i + 1}}}""", $$"""{"cost":{{cost}}}"""))];
}
