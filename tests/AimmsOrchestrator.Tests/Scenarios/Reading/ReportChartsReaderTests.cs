namespace AimmsOrchestrator.Tests.Scenarios.Reading;

/// <summary>What a scenario's author may say about charts and thresholds.</summary>
public sealed class ReportChartsReaderTests
{
    [Fact]
    public void Results_and_kinds_are_chosen_in_order()
    {
        var report = Given
            .Sketch("results: { cost: 1, time: 2 }\nreport: { charts: [time, { cost: [tornado, lines] }, failures] }")
            .Report;

        Assert.Equal(
            ["time:", "cost:tornado lines", "failures:"],
            report.Charts!.Select(choice => $"{choice.Subject}:{string.Join(' ', choice.Kinds)}")
        );
        Assert.Null(Given.Sketch("results: { cost: 1 }").Report.Charts);
    }

    [Fact]
    public void A_threshold_is_one_number_or_several()
    {
        var thresholds = Given
            .Sketch("results: { cost: 1, time: 2 }\nreport: { thresholds: { cost: 150, time: [1.5, 2] } }")
            .Report.Thresholds;

        Assert.Equal([150], thresholds["cost"]);
        Assert.Equal([1.5, 2], thresholds["time"]);
    }

    [Theory]
    [InlineData(
        "charts: [cots]",
        "report.charts: cots is not a result; did you mean \"cost\"? (there are cost, time, failures, timeline)"
    )]
    [InlineData("charts: [cost, cost]", "report.charts: cost is named twice")]
    [InlineData("charts: [{ cost: tornadoo }]", "report.charts: \"tornadoo\" is not one of lines, bars, map, tornado,")]
    [InlineData("charts: [[cost]]", "report.charts: a list where a result is expected")]
    [InlineData("thresholds: 5", "report.thresholds: results and their values are expected, as in { cost: 150 }")]
    [InlineData("thresholds: { cots: 5 }", "report.thresholds: cots is not a result; did you mean \"cost\"?")]
    [InlineData("thresholds: { cost: much }", "report.thresholds: \"much\" is not a number")]
    public void What_makes_no_sense_is_an_error(string report, string problem) =>
        Assert.Contains(
            Given.Diagnostics(
                $"name: t\nservice: {{ url: emulator, name: echo }}\nsweep: {{ matrix: {{ x: [1] }} }}\nrequest: {{ json: {{ x: 1 }} }}\nresults: {{ cost: response.x, time: response.x }}\nreport: {{ {report} }}\n"
            ),
            found => found.ToString().Contains(problem, StringComparison.Ordinal)
        );
}
