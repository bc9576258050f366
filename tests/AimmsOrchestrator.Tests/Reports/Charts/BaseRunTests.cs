using System.Text.Json;
using AimmsOrchestrator.Domain.Expectations;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Reports;
using AimmsOrchestrator.Reports.Charts;
using AimmsOrchestrator.Reports.Statistics;

namespace AimmsOrchestrator.Tests.Reports.Charts;

/// <summary>The base run in the charts of samples and of one parameter at a time.</summary>
public sealed class BaseRunTests
{
    [Fact]
    public void Every_chart_of_a_sample_that_shows_the_result_has_it()
    {
        var batch = Given.Batch(["x", "y"], ["cost"]) with
        {
            Design = new BatchDesign { Form = DesignForm.Sample, Parameters = ["x", "y"] },
        };
        var runs = Enumerable
            .Range(0, 40)
            .Select(i =>
                Given.Run(i, Given.Json(("x", i * 7 % 41), ("y", i * 11 % 43)), Given.Json(("cost", i * 7 % 41)))
            );

        var charts = Draw(batch, [.. runs], "x", 21);

        Assert.Equal(
            ["Histogram", "LineChart", "Panels", "ParallelCoordinates", "ScatterChart"],
            charts
                .Where(chart => chart.BaseRun is { Value: 21 })
                .Select(chart => chart.GetType().Name)
                .Order(StringComparer.Ordinal)
        );
        Assert.Equal("BarChart", Assert.Single(charts, chart => chart.BaseRun is null).GetType().Name);
        Assert.Equal([21, 33, 21], charts.OfType<ParallelCoordinates>().Single().BaseRow);
    }

    [Fact]
    public void A_tornado_has_a_line_for_it_unless_its_bars_begin_there()
    {
        (int X, int Y, double Cost)[] points = [(1, 1, 9), (2, 1, 12), (1, 3, 4)];
        RunRecord[] runs =
        [
            .. points.Select((p, i) => Given.Run(i, Given.Json(("x", p.X), ("y", p.Y)), Given.Json(("cost", p.Cost)))),
        ];

        var at = Assert.IsType<TornadoChart>(Draw(Given.Batch(["x", "y"], ["cost"]), runs, "x", 1)[0]);
        var beside = Assert.IsType<TornadoChart>(Draw(Given.Batch(["x", "y"], ["cost"]), runs, "x", 2)[0]);

        Assert.Equal(("The bars begin at the base run, run 0.", 9.0), (at.Note, at.BaseRun!.Value));
        Assert.Equal(("The dashed line is the base run, run 1.", 12.0), (beside.Note, beside.BaseRun!.Value));
    }

    private static List<Chart> Draw(BatchRecord batch, RunRecord[] runs, string parameter, int value)
    {
        var wanted = new Dictionary<string, JsonElement>(StringComparer.Ordinal)
        {
            [parameter] = JsonSerializer.SerializeToElement(value),
        };
        var contents = ReportBuilder.Build(
            batch,
            new RunWalk(() => runs),
            new ReportContext { Baseline = Baseline.Find(new BaselineRun(wanted), runs) }
        );
        return [.. contents.Charts.Where(chart => chart.Subject == "cost")];
    }
}
