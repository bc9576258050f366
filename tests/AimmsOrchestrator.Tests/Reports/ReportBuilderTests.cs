using System.Text.Json;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Reports;
using AimmsOrchestrator.Reports.Charts;

namespace AimmsOrchestrator.Tests.Reports;

/// <summary>What a report says about a batch as a whole.</summary>
public sealed class ReportBuilderTests
{
    [Fact]
    public void A_grid_that_fails_at_high_growth_says_so()
    {
        var contents = ReportBuilder.Build(Given.Batch(["freight", "growth"], ["cost"]), new RunWalk(Grid));

        var failure = Assert.Single(contents.Failures);
        Assert.Equal("all 5 have growth = 1.10", failure.Condition);
        Assert.Equal("infeasible after … iterations", failure.Message);
        Assert.Equal((10L, 0L), (contents.Summaries[0].Count, contents.Summaries[0].Empty));
        Assert.Equal("run 0", contents.Summaries[0].AtMinimum!.Name);
        Assert.IsType<LineChart>(contents.Charts[0]);
        Assert.Equal(
            [0, 0, 1],
            contents.Charts.OfType<BarChart>().Single(chart => chart.IsShare).Bars.Select(bar => bar.Value)
        );
        Assert.IsType<TimelineChart>(contents.Charts[^1]);
        Assert.Equal(3, ((TimelineChart)contents.Charts[^1]).Spans.Max(s => s.Lane) + 1);
    }

    [Fact]
    public void A_sampled_table_holds_the_best_runs_and_a_failed_one()
    {
        var contents = ReportBuilder.Build(
            Given.Batch(["freight", "growth"], ["cost"]),
            new RunWalk(Grid),
            mostRows: 5
        );

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
    public void A_result_that_is_not_a_number_counts_as_empty(string results)
    {
        var contents = ReportBuilder.Build(
            Given.Batch(["x"], ["cost"]),
            new RunWalk(() => [Given.Run(0, "{}", """{"cost":2}"""), Given.Run(1, "{}", results)])
        );

        Assert.Equal((1L, 1L), (contents.Summaries[0].Count, contents.Summaries[0].Empty));
    }

    [Fact]
    public void Statistics_alone_equal_those_of_the_page()
    {
        var batch = Given.Batch(["freight", "growth"], ["cost"]);
        var (page, statistics) = (
            ReportBuilder.Build(batch, new RunWalk(Grid)),
            ReportBuilder.Summarize(batch, new RunWalk(Grid))
        );

        Assert.Equal(JsonSerializer.Serialize(page.Summaries), JsonSerializer.Serialize(statistics.Summaries));
        Assert.Equal(JsonSerializer.Serialize(page.Failures), JsonSerializer.Serialize(statistics.Failures));
        Assert.Equal("run 0", statistics.Summaries[0].AtMinimum!.Name);
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
