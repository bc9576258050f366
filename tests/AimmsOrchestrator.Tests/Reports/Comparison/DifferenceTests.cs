using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Expectations;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Reports.Comparison;
using CsCheck;

namespace AimmsOrchestrator.Tests.Reports.Comparison;

/// <summary>Two batches, run by run.</summary>
public sealed class DifferenceTests
{
    [Fact]
    public void Runs_match_by_their_parameters_in_any_order_and_spelling()
    {
        var differences = Compare(
            [Run(0, """{"a":1.0,"b":"x"}""", """{"cost":5}"""), Run(1, """{"a":2,"b":"x"}""", """{"cost":6}""")],
            [Run(0, """{"b":"x","a":2.00}""", """{"cost":6.0}"""), Run(1, """{"a":1,"b":"x"}""", """{"cost":7}""")]
        );

        Assert.Equal([RunChange.Same, RunChange.Changed], differences.Select(d => d.Change));
        Assert.Equal((0L, 1L), (differences[1].IndexBefore, differences[1].IndexAfter));
        Assert.Equal(new ResultChange("cost", "5", "7", 2, 1.4), Assert.Single(differences[1].Results));
    }

    [Fact]
    public void A_run_of_one_batch_is_new_or_gone_and_another_state_is_a_change()
    {
        var differences = Compare(
            [Run(0, """{"a":1}""", "{}"), Run(1, """{"a":2}""", "{}"), Run(2, """{"a":3}""", "{}")],
            [
                Run(0, """{"a":4}""", "{}"),
                Run(1, """{"a":2}""", "{}") with
                {
                    Phase = RunPhase.Failed,
                },
                Run(2, """{"a":3}""", null) with
                {
                    Phase = RunPhase.Pending,
                },
            ]
        );

        Assert.Equal(
            [RunChange.New, RunChange.State, RunChange.State, RunChange.Gone],
            differences.Select(d => d.Change)
        );
        Assert.Equal(0, differences[3].IndexBefore);
    }

    [Fact]
    public void Replicates_match_in_their_order()
    {
        var differences = Compare(
            [Run(0, """{"a":1}""", """{"x":1}"""), Run(1, """{"a":1}""", """{"x":2}""")],
            [
                Run(0, """{"a":1}""", """{"x":1}"""),
                Run(1, """{"a":1}""", """{"x":3}"""),
                Run(2, """{"a":1}""", """{"x":4}"""),
            ]
        );

        Assert.Equal([RunChange.Same, RunChange.Changed, RunChange.New], differences.Select(d => d.Change));
    }

    [Theory]
    [InlineData("1", "1.0000000001", true)]
    [InlineData("1", "1.001", false)]
    [InlineData("0", "1e-12", false)]
    [InlineData("[1,{\"a\":2,\"b\":3}]", "[1.0,{\"b\":3,\"a\":2}]", true)]
    [InlineData("[1,2]", "[1]", false)]
    [InlineData("{\"a\":null}", "{}", true)]
    [InlineData("\"1\"", "1", false)]
    [InlineData("true", "false", false)]
    [InlineData("\"optimal\"", "\"optimal\"", true)]
    public void Values_are_compared_as_json_and_numbers_within_the_tolerance(string one, string other, bool areEqual)
    {
        var differences = Compare([Run(0, "{}", $$"""{"x":{{one}}}""")], [Run(0, "{}", $$"""{"x":{{other}}}""")]);

        Assert.Equal(areEqual ? RunChange.Same : RunChange.Changed, Assert.Single(differences).Change);
    }

    [Fact]
    public void Only_the_results_that_are_asked_for_are_compared() =>
        Assert.Equal(
            RunChange.Same,
            Compare([Run(0, "{}", """{"x":1,"y":1}""")], [Run(0, "{}", """{"x":1,"y":2}""")], only: ["x"])[0].Change
        );

    /// <summary>As Python's <c>math.isclose</c> decides.</summary>
    [Theory]
    [InlineData(1.0, 1.1, 0.1, 0, true)]
    [InlineData(1.0, 1.12, 0.1, 0, false)]
    [InlineData(0.0, 0.05, 0.1, 0, false)]
    [InlineData(0.0, 0.05, 0, 0.05, true)]
    [InlineData(-1.0, 1.0, 1.9, 0, false)]
    public void A_tolerance_is_relative_to_the_larger_or_absolute(double a, double b, double rel, double abs, bool isIn)
    {
        Assert.Equal(isIn, new Tolerance(rel, abs).Allows(a, b));
        Assert.Equal(isIn, new Tolerance(rel, abs).Allows(b, a));
    }

    [Fact]
    public void The_summary_keeps_the_largest_and_counts_the_rest() =>
        Gen.Double[0.5, 2]
            .List[1, 60]
            .Sample(ratios =>
            {
                var summary = new DifferenceSummary(mostKept: 5);
                foreach (
                    var run in Compare(
                        [.. ratios.Select((_, i) => Of(i, 100))],
                        [.. ratios.Select((r, i) => Of(i, 100 * r))]
                    )
                )
                {
                    summary.Add(run);
                }

                var expected = ratios.Select(r => Math.Abs(r - 1)).Where(s => s > 1e-8).OrderDescending().ToList();
                Assert.Equal(Math.Max(0, expected.Count - 5), summary.LeftOut);
                Assert.Equal(
                    expected.Take(5).Select(s => Math.Round(s, 9)),
                    summary.Kept().Select(run => Math.Round(Math.Abs(run.Results[0].Ratio!.Value - 1), 9))
                );
            });

    /// <summary>By how much: the largest change relative to the value before; from 0, to the value after, which is 1.</summary>
    [Theory]
    [InlineData("0", "0.001", "100", "600", "by up to 500 % (run 1)")]
    [InlineData("0", "0.001", "100", "150", "as in run 0 (0 → 0.001)")]
    [InlineData("5", "0", "100", "101", "as in run 0 (5 → 0)")]
    [InlineData("1", "-1", "100", "150", "as in run 0 (1 → -1)")]
    [InlineData("\"a\"", "\"b\"", "100", "600", "as in run 0")]
    public void The_sentence_says_by_how_much_only_of_the_largest_change(
        string before,
        string after,
        string otherBefore,
        string otherAfter,
        string words
    )
    {
        var summary = new DifferenceSummary(mostKept: 0);
        foreach (
            var run in Compare(
                [Run(0, """{"a":1}""", Cost(before)), Run(1, """{"a":2}""", Cost(otherBefore))],
                [Run(0, """{"a":1}""", Cost(after)), Run(1, """{"a":2}""", Cost(otherAfter))]
            )
        )
        {
            summary.Add(run);
        }

        Assert.Equal(
            $"a-2 against a-1: 2 of 2 runs differ; cost in 2 runs, {words}.",
            DifferenceSentence.Of("a-1", "a-2", summary)
        );

        static string Cost(string json) => $$"""{"cost":{{json}}}""";
    }

    [Theory]
    [InlineData(0, 0, "all 10 runs have the same results")]
    [InlineData(3, 0, "7 of 10 runs have the same results; 3 failed in both")]
    [InlineData(7, 2, "1 of 10 runs has the same results; 2 cancelled in both; 7 failed in both")]
    [InlineData(10, 0, "no run completed in both; 10 failed in both")]
    public void Runs_that_failed_in_both_batches_have_no_results_that_are_the_same(
        int failed,
        int cancelled,
        string words
    )
    {
        var summary = new DifferenceSummary(mostKept: 0);
        var runs = Enumerable.Range(0, 10).Select(i => Of(i, 5) with { Phase = PhaseOf(i) }).ToArray();
        foreach (var run in Compare(runs, runs))
        {
            summary.Add(run);
        }

        Assert.Equal($"a-2 against a-1: {words}.", DifferenceSentence.Of("a-1", "a-2", summary));

        RunPhase PhaseOf(int index) =>
            index < failed ? RunPhase.Failed
            : index < failed + cancelled ? RunPhase.Cancelled
            : RunPhase.Completed;
    }

    [Fact]
    public void A_row_of_the_report_is_data_and_no_formula()
    {
        var text = new StringWriter();
        DifferenceReport.WriteCsv(
            text,
            Compare([Run(0, "{}", """{"x":"=1+1"}""")], [Run(0, "{}", """{"x":"-2","y":-3}""")])
        );

        Assert.Equal(
            "change,name,indexBefore,indexAfter,stateBefore,stateAfter,result,before,after,difference,ratio\n"
                + "changed,run 0,0,0,completed,completed,x,'=1+1,'-2,,\n"
                + "changed,run 0,0,0,completed,completed,y,,-3,,\n",
            text.ToString()
        );
    }

    private static RunRecord Of(int index, double cost) =>
        Run(index, $$"""{"a":{{index}}}""", FormattableString.Invariant($$"""{"cost":{{cost:R}}}"""));

    private static List<RunDifference> Compare(RunRecord[] before, RunRecord[] after, string[]? only = null)
    {
        var batch = Batch(before.Concat(after).Any(r => r.ParametersJson != "{}") ? ["a", "b"] : []);
        return [.. new BatchDifference(Tolerance.Default, only).Runs(batch, batch, () => before, after)];
    }

    private static BatchRecord Batch(string[] parameters) =>
        new()
        {
            Number = 1,
            Id = new BatchId("transport-1"),
            Scenario = "transport",
            Fingerprint = "f",
            SourceFile = "transport.yaml",
            ServiceAddress = "emulator",
            ParameterNames = parameters,
            ResultNames = [],
            StartedAt = DateTimeOffset.UnixEpoch,
        };

    private static RunRecord Run(long index, string parameters, string? results) =>
        new()
        {
            Index = index,
            Name = $"run {index}",
            ParametersJson = parameters,
            ResultsJson = results,
            Phase = RunPhase.Completed,
            Attempts = 1,
            StartedAt = DateTimeOffset.UnixEpoch,
        };
}
