using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Reports;
using AimmsOrchestrator.Reports.Charts;
using AimmsOrchestrator.Reports.Charts.Choice;
using AimmsOrchestrator.Reports.Findings;

namespace AimmsOrchestrator.Tests.Reports.Findings;

/// <summary>What a report says where its author names thresholds and charts.</summary>
public sealed class ThresholdTests
{
    /// <summary>Expected: statsmodels 0.14, <c>proportion_confint(..., method="wilson")</c>.</summary>
    [Theory]
    [InlineData(10, 100, 0.05522914, 0.17436566)]
    [InlineData(0, 10, 0, 0.27753280)]
    [InlineData(10, 10, 0.72246720, 1)]
    public void The_interval_of_a_share_is_wilsons(long hits, long all, double low, double high)
    {
        var interval = ThresholdFindings.Interval(hits, all);

        Assert.Equal(low, interval.Low, 1e-7);
        Assert.Equal(high, interval.High, 1e-7);
    }

    [Fact]
    public void A_grid_is_counted_and_a_sample_has_an_interval()
    {
        var context = new ReportContext
        {
            Thresholds = new Dictionary<string, IReadOnlyList<double>> { ["cost"] = [30] },
        };
        var grid = new KnownBatch("grid")
        {
            Points = Known.Grid(Known.To(5), Known.To(3)),
            Model = (_, p) => Known.Cost(10 * p[0]),
        };
        var sample = new KnownBatch("sample")
        {
            Points = Known.Sample(100, 2),
            Model = (i, _) => Known.Cost(i < 10 ? 31 : i % 30),
        };
        var drawn = sample.Batch with
        {
            Design = new BatchDesign { Form = DesignForm.Sample, Parameters = ["a", "b"] },
        };

        var counted = ReportBuilder.Summarize(grid.Batch, new RunWalk(grid.Runs), context).Findings;
        var estimated = ReportBuilder.Summarize(drawn, new RunWalk(sample.Runs), context).Findings;

        Assert.Contains(counted, f => f.Text == "cost is above 30 in 6 of 15 runs.");
        Assert.Contains(
            estimated,
            f => f.Text == "cost is above 30 in 10 of 100 runs (10 %; 6 % to 17 % with 95 % confidence)."
        );
    }

    [Fact]
    public void The_author_chooses_and_orders_the_charts()
    {
        var batch = new KnownBatch("two results")
        {
            Results = ["cost", "time"],
            Points = Known.Grid(Known.To(5), Known.To(5)),
            Model = (_, p) => Given.Json(("cost", p[0]), ("time", p[1])),
        };
        var context = new ReportContext
        {
            Charts = [new("timeline", []), new("time", ["map"]), new("cost", ["tornado", "lines"])],
        };

        var contents = ReportBuilder.Build(batch.Batch, new RunWalk(batch.Runs), context);

        Assert.Equal(
            [("timeline", ""), ("time", "map"), ("cost", "lines")],
            contents.Charts.Select(chart => (chart.Subject ?? "timeline", ChartArrangement.KindOf(chart)))
        );
        Assert.Contains(
            contents.Facts,
            fact => fact is { Name: "charts", Value: "cost has no tornado here: it has lines, map" }
        );
        Assert.Empty(
            ReportBuilder.Build(batch.Batch, new RunWalk(batch.Runs), new ReportContext { Charts = [] }).Charts
        );
    }
}
