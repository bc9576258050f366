using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Reports;
using AimmsOrchestrator.Reports.Charts;
using AimmsOrchestrator.Reports.Designs;
using AimmsOrchestrator.Reports.Failures;
using AimmsOrchestrator.Reports.Frames;
using CsCheck;

namespace AimmsOrchestrator.Tests.Reports;

public sealed class AnalysisTests
{
    [Theory]
    [InlineData("no solution for 'plant 7' after 12.5s", "no solution for … after …")]
    [InlineData("task 0f8fad5b-d9cb-469f-a165-70867728950e can't be found.", "task … can't be found.")]
    [InlineData("cannot open /var/tmp/x.dat", "cannot open …")]
    [InlineData("unbounded:LP1", "unbounded:…")]
    [InlineData("infeasible:LP2,LP3", "infeasible:…,…")]
    [InlineData("at 2026-01-02T03:04:05Z: 1,234.5 of 3e-7 (12%), v1.2.3", "at …: … of … (…), …")]
    [InlineData("residual 1.000000000000000000000000000000000000000000e+10 left", "residual … left")]
    [InlineData("id 1234567890123456789012345678901234567890x!", "id …!")]
    public void A_messages_shape_is_without_what_differs(string message, string shape) =>
        Assert.Equal(shape, MessageShape.Of(message));

    [Theory]
    [InlineData("0;1;2;3", nameof(DesignKind.OneParameter))]
    [InlineData("0 0;0 1;1 0;1 1;2 0;2 1", nameof(DesignKind.Grid))]
    [InlineData("1 10;2 20;3 30", nameof(DesignKind.OneParameter))]
    [InlineData("5 5 5;6 5 5;4 5 5;5 6 5;5 5 7", nameof(DesignKind.OneAtATime))]
    [InlineData("6 5 5;5 5 7;5 5 5;4 5 5;5 6 5", nameof(DesignKind.OneAtATime))]
    [InlineData("5 5 5;6 5 5;4 5 5;5 6 5;5 5 5;6 5 5;4 5 5;5 6 5", nameof(DesignKind.OneAtATime))]
    [InlineData("5 5 10;6 5 11;7 5 12;4 5 9;3 5 8;5 6 11;5 7 12;5 4 9;5 3 8", nameof(DesignKind.OneAtATime))]
    [InlineData(
        "\"a\" 1 4;\"b\" 2 9;\"c\" 3 1;\"d\" 4 7;\"e\" 5 2;\"f\" 6 8;\"g\" 7 3;\"h\" 8 6",
        nameof(DesignKind.Sample)
    )]
    [InlineData("\"a\" 1;\"b\" 2;\"c\" 3", nameof(DesignKind.OneParameter))]
    [InlineData("1 4;2 9;3 1;4 7;5 2;6 8;7 3;8 6;9 5", nameof(DesignKind.Sample))]
    [InlineData("1 1 2;1 2 3;1 3 4;2 1 3;2 2 4;2 3 5", nameof(DesignKind.Grid))]
    public void A_design_is_recognised_from_its_runs(string points, string kind)
    {
        var rows = points.Split(';').Select(p => p.Split(' ')).ToArray();
        string[] names = [.. rows[0].Select((_, i) => $"p{i}")];
        var runs = rows.Select(
            (r, i) => Given.Run(i, $"{{{string.Join(',', r.Select((v, j) => $"\"p{j}\":{v}"))}}}", results: null)
        );

        Assert.Equal(kind, DesignRecognition.Infer(RunFrame.Of(Given.Batch(names, []), runs), [], []).Kind.ToString());
    }

    [Fact]
    public void An_exact_condition_holds_for_every_failed_run_and_no_completed_one() =>
        Gen.Select(Gen.Int[0, 4], Gen.Int[0, 4], Gen.Bool)
            .Array[1, 30]
            .Sample(points =>
            {
                var frame = RunFrame.Of(
                    Given.Batch(["x", "y"], []),
                    points.Select(
                        (p, i) => Given.Run(i, Given.Json(("x", p.Item1), ("y", p.Item2)), "{}", p.Item3 ? "no" : null)
                    )
                );
                int[] failed = [.. Enumerable.Range(0, points.Length).Where(i => points[i].Item3)];
                var found = new ConditionFinder(frame).Exact(failed);
                return found.Count == 0
                    || Enumerable
                        .Range(0, points.Length)
                        .All(i => found.All(c => c.Holds(i)) == (frame.Phases[i] == RunPhase.Failed));
            });

    [Fact]
    public void A_grid_that_fails_at_high_growth_says_so()
    {
        var contents = ReportBuilder.Of(Given.Batch(["freight", "growth"], ["cost"]), Grid);

        var failure = Assert.Single(contents.Failures);
        Assert.Equal("all 5 have growth ≥ 1.10", failure.Condition);
        Assert.Equal("infeasible after … iterations", failure.Message);
        Assert.Equal((10L, 0L), (contents.Summaries[0].Count, contents.Summaries[0].Empty));
        Assert.Equal("run 0", contents.Summaries[0].AtMinimum!.Name);
        Assert.IsType<LineChart>(contents.Charts[0]);
        Assert.True(contents.Charts.OfType<HeatMap>().Single(h => h.IsFailureShare).X.Categories!.Count > 1);
        Assert.IsType<TimelineChart>(contents.Charts[^1]);
        Assert.Equal(3, ((TimelineChart)contents.Charts[^1]).Spans.Max(s => s.Lane) + 1);
    }

    [Fact]
    public void Runs_that_failed_with_another_that_asks_the_same_are_of_its_group()
    {
        var first = Given.Run(0, Given.Json(("x", 0)), results: null, "infeasible");
        var second = first with { Index = 1, Error = first.Error! with { CopiedFrom = 0 } };

        var contents = ReportBuilder.Of(Given.Batch(["x"], []), () => [first, second, second with { Index = 2 }]);

        Assert.Equal("run 0 asks the same and failed: infeasible", contents.Runs.Rows[1][^1]);
        var group = Assert.Single(contents.Failures);
        Assert.Equal(("infeasible", 3L), (group.Message, group.Count));
    }

    [Fact]
    public void One_failure_in_a_random_sample_has_nothing_of_its_own()
    {
        double[] x = [0.8, 0.1, 0.4711, 0.9, 0.2, 0.5, 0.3, 0.7];
        var contents = ReportBuilder.Of(
            Given.Batch(["x"], ["cost"]),
            () => x.Select((v, i) => Given.Run(i, Given.Json(("x", v)), """{"cost":1}""", v == 0.4711 ? "no" : null))
        );

        Assert.Null(Assert.Single(contents.Failures).Condition);
    }

    [Fact]
    public void A_sampled_table_holds_the_best_runs_and_a_failed_one()
    {
        var contents = ReportBuilder.Of(Given.Batch(["freight", "growth"], ["cost"]), Grid, mostRows: 5);

        Assert.Equal(15, contents.Runs.Total);
        Assert.InRange(contents.Runs.Rows.Count, 3, 5);
        Assert.Superset(new HashSet<long> { 0, 2, 13 }, contents.Runs.Rows.Select(r => (long)r[0]!).ToHashSet());
    }

    [Theory]
    [InlineData("[1,2]")]
    [InlineData("{\"cost\":")]
    [InlineData("{\"cost\":1e999}")]
    [InlineData("{\"cost\":\"Infinity\"}")]
    [InlineData("{\"cost\":\"\\ud800\"}")]
    [InlineData("{\"cost\":{\"a\":[[[[]]]]}}")]
    [InlineData("")]
    public void Whatever_is_no_number_is_empty(string results)
    {
        var contents = ReportBuilder.Of(
            Given.Batch(["x"], ["cost"]),
            () => [Given.Run(0, "{}", """{"cost":2}"""), Given.Run(1, "{}", results)]
        );

        Assert.Equal((1L, 1L), (contents.Summaries[0].Count, contents.Summaries[0].Empty));
    }

    private static IEnumerable<RunRecord> Grid() =>
        Enumerable
            .Range(0, 15)
            .Select(i =>
            {
                string[] growths = ["0.9", "1.0", "1.10"];
                var parameters = $$"""{"freight":{{70 + 10 * (i / 3)}},"growth":{{growths[i % 3]}}}""";
                return i % 3 == 2
                    ? Given.Run(i, parameters, "{}", $"infeasible after {i + 7} iterations")
                    : Given.Run(i, parameters, Given.Json(("cost", i)));
            });
}
