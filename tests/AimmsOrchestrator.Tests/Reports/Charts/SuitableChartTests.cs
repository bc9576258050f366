using System.Text.Json;
using AimmsOrchestrator.Domain.Expectations;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Reports;
using AimmsOrchestrator.Reports.Charts;
using AimmsOrchestrator.Reports.Statistics;

namespace AimmsOrchestrator.Tests.Reports.Charts;

/// <summary>Whether each result is drawn by charts that suit it: constants, counts, words, categories, cells without a value.</summary>
public sealed class SuitableChartTests
{
    [Fact]
    public void A_constant_has_no_chart_and_takes_no_other_results_place()
    {
        var runs = Enumerable
            .Range(0, 6)
            .Select(i => Given.Run(i, Given.Json(("p", i)), Given.Json(("a", 1), ("b", 2), ("c", 3), ("d", i))));

        var charts = Draw(Given.Batch(["p"], ["a", "b", "c", "d"]), runs);

        Assert.Equal("d", Assert.Single(charts).Subject);
    }

    [Fact]
    public void Whole_numbers_are_counted_and_their_axes_have_whole_ticks()
    {
        double[] lanes = [3, 3, 3, 4, 4, 6];
        var runs = lanes.Select((value, i) => Given.Run(i, "{}", Given.Json(("lanes", value))));

        var histogram = Assert.IsType<Histogram>(Draw(Given.Batch([], ["lanes"]), runs).Single());

        Assert.Equal([2.5, 3.5, 4.5, 5.5, 6.5], histogram.Edges);
        Assert.Equal([3L, 2, 0, 1], histogram.Counts);
        Assert.True(histogram.X.IsWhole);
    }

    [Fact]
    public void Fractions_have_no_whole_ticks()
    {
        var runs = Enumerable.Range(0, 4).Select(i => Given.Run(i, Given.Json(("p", i)), Given.Json(("x", i / 2.0))));

        var lines = Assert.IsType<LineChart>(Draw(Given.Batch(["p"], ["x"]), runs).Single());

        Assert.False(lines.Y.IsWhole);
        Assert.True(lines.X.IsWhole);
    }

    [Fact]
    public void A_result_of_a_few_words_is_counted_over_the_parameter_that_tells_most_about_it()
    {
        // The word depends on growth alone.
        var runs = Grid((freight, growth) => growth < 3 ? """{"status":"optimal"}""" : """{"status":"infeasible"}""");

        var counts = Draw(Given.Batch(["freight", "growth"], ["status"]), runs).OfType<CountChart>().Single();

        Assert.Equal(("status", "growth"), (counts.Subject, counts.X.Name));
        Assert.Equal(["optimal", "infeasible"], counts.Series.Select(series => series.Name));
        Assert.Equal([3L, 3, 0], counts.Series[0].Counts);
        Assert.Equal([0L, 0, 3], counts.Series[1].Counts);
    }

    [Fact]
    public void A_result_of_a_few_words_over_a_grid_is_a_map_of_words()
    {
        var runs = Grid(
            (freight, growth) =>
                (freight, growth) switch
                {
                    (3, 1) => null,
                    (_, 3) => """{"status":"infeasible"}""",
                    _ => """{"status":"optimal"}""",
                }
        );

        var map = Draw(Given.Batch(["freight", "growth"], ["status"]), runs).OfType<WordMap>().Single();

        Assert.Equal(("status", "freight", "growth"), (map.Subject, map.X.Name, map.Y.Name));
        Assert.Equal(["optimal", "infeasible", "failed"], map.Words);
        Assert.Equal([0, 0, 2], map.Cells[0]);
        Assert.Equal([0, 0, 0], map.Cells[1]);
        Assert.Equal([1, 1, 1], map.Cells[2]);
        Assert.Empty(map.Missing);
    }

    [Fact]
    public void A_cell_of_a_map_of_words_whose_runs_differ_is_marked()
    {
        var runs = Enumerable
            .Range(0, 8)
            .Select(i =>
                Given.Run(
                    i,
                    Given.Json(("x", i / 4), ("y", i / 2 % 2), ("draw", i % 2)),
                    i is 0 or 3 or 5 ? """{"status":"good"}""" : """{"status":"bad"}"""
                )
            );
        var batch = Given.Batch(["x", "y", "draw"], ["status"]) with
        {
            Design = new BatchDesign
            {
                Form = DesignForm.Grid,
                Parameters = ["x", "y"],
                Replicates = ["draw"],
            },
        };

        var map = Draw(batch, runs).OfType<WordMap>().Single();

        // Good and bad at (0, 0), (0, 1) and (1, 0); bad twice at (1, 1).
        Assert.Equal(["bad", "good"], map.Words);
        Assert.Equal([null, null], map.Cells[0]);
        Assert.Equal([null, 0], map.Cells[1]);
        Assert.All(map.Missing, cell => Assert.Equal("several", cell.Why));
        Assert.Equal(3, map.Missing.Count);
    }

    [Fact]
    public void The_base_run_is_marked_in_every_chart_that_shows_the_result()
    {
        var runs = Grid((freight, growth) => Given.Json(("cost", freight * growth))).ToList();
        var baseline = Baseline.Find(
            new BaselineRun(
                new Dictionary<string, JsonElement>
                {
                    ["freight"] = JsonSerializer.SerializeToElement(2),
                    ["growth"] = JsonSerializer.SerializeToElement(3),
                }
            ),
            runs
        );

        var charts = ReportBuilder
            .Build(
                Given.Batch(["freight", "growth"], ["cost"]),
                new RunWalk(() => runs),
                new ReportContext { Baseline = baseline }
            )
            .Charts.Where(chart => chart.Subject == "cost")
            .ToList();

        Assert.Equal(["LineChart", "HeatMap"], charts.Select(chart => chart.GetType().Name));
        Assert.All(charts, chart => Assert.Equal(6, chart.BaseRun!.Value));
        Assert.All(charts, chart => Assert.Contains(baseline!.Name, chart.Note, StringComparison.Ordinal));
        var map = charts.OfType<HeatMap>().Single();
        Assert.Equal(("2", "3"), (map.X.Categories![map.BaseCell!.X], map.Y.Categories![map.BaseCell.Y]));
    }

    [Fact]
    public void Failures_are_drawn_over_the_parameters_that_explain_them()
    {
        var batch = Given.Batch(["freight", "growth"], ["cost"]);

        var one = Draw(batch, Grid((_, growth) => growth == 3 ? null : Given.Json(("cost", growth))));
        var two = Draw(batch, Grid((freight, growth) => freight + growth > 4 ? null : Given.Json(("cost", growth))));

        var bars = one.OfType<BarChart>().Single(chart => chart.IsShare);
        Assert.Equal([("1", 0.0), ("2", 0.0), ("3", 1.0)], bars.Bars.Select(bar => (bar.Name, bar.Value)));
        Assert.Equal("share of runs that failed by growth", bars.Title);
        Assert.Contains(two, chart => chart is HeatMap { IsFailureShare: true });
    }

    [Fact]
    public void Bars_of_failures_say_how_many_values_are_not_drawn()
    {
        // Of sixty sites, twice each, the first ten fail.
        var runs = Enumerable
            .Range(0, 120)
            .Select(i =>
                i % 60 < 10
                    ? Given.Run(i, $$"""{"site":"s{{i % 60}}"}""", null, "broken")
                    : Given.Run(i, $$"""{"site":"s{{i % 60}}"}""", Given.Json(("cost", i)))
            );

        var bars = Draw(Given.Batch(["site"], ["cost"]), runs).OfType<BarChart>().Single(chart => chart.IsShare);

        Assert.Equal(40, bars.Bars.Count);
        Assert.Equal("The 40 values of site furthest from the mean are drawn; 20 more are not.", bars.Note);
    }

    [Fact]
    public void With_replicates_the_shares_of_a_grid_are_estimates_and_the_rest_is_theirs_too()
    {
        // 2a and a draw of -1 or 1: variances of 1 and 1. Of a sum of squares of 32, a has 16, and 16/14 of that by chance.
        var runs = Enumerable
            .Range(0, 16)
            .Select(i =>
                Given.Run(
                    i,
                    Given.Json(("a", i / 8), ("b", i / 4 % 2), ("c", i / 2 % 2), ("draw", i % 2)),
                    Given.Json(("cost", (2 * (i / 8)) + (i % 2 == 0 ? -1 : 1)))
                )
            );
        var batch = Given.Batch(["a", "b", "c", "draw"], ["cost"]) with
        {
            Design = new BatchDesign
            {
                Form = DesignForm.Grid,
                Parameters = ["a", "b", "c"],
                Replicates = ["draw"],
            },
        };

        var shares = Draw(batch, runs).OfType<BarChart>().Single(chart => chart.IsShare);

        Assert.Equal("a", shares.Bars[0].Name);
        Assert.Equal((16 - (16.0 / 14)) / 32, shares.Bars[0].Value, 1e-9);
        Assert.NotNull(shares.Bars[0].Error);
        Assert.EndsWith(
            "; the rest up to 100 % comes from parameters acting together and from draw.",
            shares.Note,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Charts_come_in_the_order_of_the_scenarios_results()
    {
        var runs = Grid(
            (freight, growth) => $$"""{"word":"{{(freight > 1 ? "a" : "b")}}","cost":{{freight * growth}}}"""
        );

        Assert.Equal(
            ["word", "cost"],
            Draw(Given.Batch(["freight", "growth"], ["word", "cost"]), runs).Select(chart => chart.Subject).Distinct()
        );
        Assert.Equal(
            ["cost", "word"],
            Draw(Given.Batch(["freight", "growth"], ["cost", "word"]), runs).Select(chart => chart.Subject).Distinct()
        );
    }

    [Fact]
    public void Runs_that_failed_or_have_no_word_are_counted_as_such()
    {
        RunRecord[] runs =
        [
            Given.Run(0, """{"p":1}""", """{"status":"good"}"""),
            Given.Run(1, """{"p":2}""", """{"status":"bad"}"""),
            Given.Run(2, """{"p":2}""", "{}"),
            Given.Run(3, """{"p":2}""", null, "broken"),
        ];

        var counts = Draw(Given.Batch(["p"], ["status"]), runs).OfType<CountChart>().Single();

        Assert.Equal(
            [("bad", "0 1"), ("failed", "0 1"), ("good", "1 0"), ("no status", "0 1")],
            counts.Series.Select(s => (s.Name, string.Join(' ', s.Counts))).Order()
        );
    }

    [Fact]
    public void A_cell_of_a_map_without_a_value_says_what_its_runs_came_to()
    {
        var runs = Grid(
            (freight, growth) =>
                (freight, growth) switch
                {
                    (1, 3) => """{"status":"infeasible"}""",
                    (2, 3) => null,
                    (3, 3) => """{"status":"optimal"}""",
                    _ => $$"""{"status":"optimal","cost":{{freight * growth}}}""",
                }
        );

        var map = Draw(Given.Batch(["freight", "growth"], ["status", "cost"]), runs)
            .OfType<HeatMap>()
            .First(chart => chart.Subject == "cost");

        var words = map.Missing.ToDictionary(
            cell => (map.X.Categories![cell.X], map.Y.Categories![cell.Y]),
            cell => cell.Why
        );
        Assert.Equal(3, words.Count);
        Assert.Equal("infeasible", words[("1", "3")]);
        Assert.StartsWith("failed", words[("2", "3")], StringComparison.Ordinal);
        Assert.Equal("optimal", words[("3", "3")]);
    }

    [Fact]
    public void A_sample_has_percentiles_and_a_cumulative_curve_by_the_definition_of_the_quartiles()
    {
        // 0 to 200 in 201 runs: by type 7 the quantile at p is 200 p.
        var runs = Enumerable
            .Range(0, 201)
            .Select(i => Given.Run(i, Given.Json(("p", i * 37 % 201)), Given.Json(("x", i))));
        var batch = Given.Batch(["p"], ["x"]) with
        {
            Design = new BatchDesign { Form = DesignForm.Sample, Parameters = ["p"] },
        };

        var report = ReportBuilder.Build(batch, new RunWalk(() => runs));

        var summary = report.Summaries.Single();
        Assert.True(report.IsSample);
        Assert.Equal((10, 20, 180, 190), (summary.P5, summary.P10, summary.P90, summary.P95));
        Assert.Equal(
            Enumerable.Range(0, 101).Select(i => 2.0 * i),
            report.Charts.OfType<Histogram>().Single().Quantiles,
            (a, b) => Math.Abs(a - b) < 1e-9
        );
    }

    private static IEnumerable<RunRecord> Grid(Func<int, int, string?> results) =>
        Enumerable
            .Range(0, 9)
            .Select(i =>
                results(i / 3 + 1, i % 3 + 1) is { } found
                    ? Given.Run(i, Given.Json(("freight", i / 3 + 1), ("growth", i % 3 + 1)), found)
                    : Given.Run(i, Given.Json(("freight", i / 3 + 1), ("growth", i % 3 + 1)), null, "broken")
            );

    private static List<Chart> Draw(BatchRecord batch, IEnumerable<RunRecord> runs) =>
        [.. ReportBuilder.Build(batch, new RunWalk(() => runs)).Charts.Where(chart => chart is not TimelineChart)];
}
