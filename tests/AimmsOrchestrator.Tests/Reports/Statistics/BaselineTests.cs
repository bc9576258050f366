using System.Text.Json;
using AimmsOrchestrator.Domain.Expectations;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Reports;
using AimmsOrchestrator.Reports.Statistics;
using AimmsOrchestrator.Reports.Tables;

namespace AimmsOrchestrator.Tests.Reports.Statistics;

/// <summary>What comparisons with the baseline add to tables.</summary>
public sealed class BaselineTests
{
    private static readonly RunRecord[] Runs =
    [
        Given.Run(0, """{"x":1}""", """{"cost":10,"who":"a"}"""),
        Given.Run(1, """{"x":2}""", """{"cost":15,"who":"b"}"""),
        Given.Run(2, """{"x":3}""", "{}", "no"),
    ];

    private static Baseline Base => Baseline.Find(Wanted(), Runs)!;

    [Fact]
    public void The_table_of_runs_compares_with_the_baseline_and_the_facts_name_it()
    {
        var contents = ReportBuilder.Build(
            Given.Batch(["x"], ["cost", "who"]),
            new RunWalk(() => Runs),
            new ReportContext { Baseline = Base }
        );

        Assert.Equal(
            ["index", "name", "x", "state", "cost", "who", "cost.difference", "cost.ratio"],
            contents.Runs.Columns.Take(8).Select(column => column.Name)
        );
        Assert.Equal((ColumnRole.Result, true), (contents.Runs.Columns[6].Role, contents.Runs.Columns[6].IsNumeric));
        Assert.Equal([5.0, 1.5], contents.Runs.Rows[1].Skip(6).Take(2));
        Assert.Equal([null, null], contents.Runs.Rows[2].Skip(6).Take(2));
        Assert.Equal("run 0", contents.Facts.Single(fact => fact.Name == "baseline").Value);
    }

    [Fact]
    public void Markdown_compares_with_the_baseline_too()
    {
        using var page = new StringWriter();
        new MarkdownReport { Title = "a" }.Write(page, new Columns(["x"], ["cost"]) { Baseline = Base }, Runs);

        Assert.Contains("| 2 | completed | 15 | 5 | 1.5 |", page.ToString(), StringComparison.Ordinal);
    }

    private static BaselineRun Wanted()
    {
        using var one = JsonDocument.Parse("1");
        return new BaselineRun(
            new Dictionary<string, JsonElement>(StringComparer.Ordinal) { ["x"] = one.RootElement.Clone() }
        );
    }
}
