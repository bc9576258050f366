using System.Text;
using System.Text.Json;
using AimmsOrchestrator.Domain.Expectations;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Reports;
using AimmsOrchestrator.Reports.Comparison;
using AimmsOrchestrator.Reports.Html;
using AimmsOrchestrator.Reports.Tables;

namespace AimmsOrchestrator.Tests.Reports;

/// <summary>What a page holds, and how large it grows.</summary>
public sealed class PageTests
{
    private const int MostBytes = 10_000_000;

    private static readonly RunRecord[] Runs =
    [
        Given.Run(0, """{"x":1}""", """{"cost":10,"who":"a"}"""),
        Given.Run(1, """{"x":2}""", """{"cost":15,"who":"b"}"""),
        Given.Run(2, """{"x":3}""", "{}", "no"),
    ];

    private static Baseline Base => Baseline.Of(Wanted(), Runs)!;

    [Fact]
    public void The_table_of_runs_compares_with_the_baseline_and_the_facts_name_it()
    {
        var contents = ReportBuilder.Of(Given.Batch(["x"], ["cost", "who"]), () => Runs, Base);

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
    public void Markdown_and_the_terminals_table_compare_too()
    {
        using var page = new StringWriter();
        new MarkdownReport { Title = "a" }.Write(page, new Columns(["x"], ["cost"]) { Baseline = Base }, Runs);

        Assert.Contains("| 2 | completed | 15 | 5 | 1.5 |", page.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_whole_number_that_a_browser_cannot_hold_is_text()
    {
        RunRecord[] runs =
        [
            Given.Run(0, "{}", """{"a":9007199254740993,"b":9007199254740992,"c":123456789012345678901,"d":1e300}"""),
        ];

        var row = ReportBuilder.Of(Given.Batch([], ["a", "b", "c", "d"]), () => runs).Runs.Rows[0];

        Assert.Equal(["9007199254740993", 9007199254740992, "123456789012345678901", 1e300], row.Skip(3).Take(4));
    }

    [Theory]
    [InlineData(1, 300, 20_000)]
    [InlineData(50, 300, 3_000)]
    [InlineData(50, 5, 20_000)]
    [InlineData(400, 60, 2_000)]
    public void A_page_stays_below_ten_megabytes_however_wide_its_runs_are(int members, int length, int count)
    {
        var text = string.Concat(Enumerable.Repeat("<é😀", length / 4 + 1));
        var members2 = Enumerable.Range(0, members).Select(i => (i, Name: $"member {i}")).ToList();

        var page = Page(
            Given.Batch([], members > 50 ? [.. members2.Select(m => m.Name)] : []),
            Enumerable
                .Range(0, count)
                .Select(i =>
                    Given.Run(
                        i,
                        "{}",
                        $"{{{string.Join(',', members2.Select(m => $"\"{m.Name}\":{(m.i % 2 == 0 ? $"[\"{text}{i}\"]" : $"{i * m.i}.1234567")}"))}}}"
                    )
                )
        );

        Assert.InRange(page.Length, 2_000_000, MostBytes);
    }

    [Fact]
    public void A_page_stays_below_ten_megabytes_however_many_points_its_charts_have()
    {
        string[] parameters = [.. Enumerable.Range(0, 60).Select(i => $"parameter {i}")];

        var page = Page(
            Given.Batch(parameters, ["a", "b", "c"]),
            Enumerable
                .Range(0, 20_000)
                .Select(i =>
                    Given.Run(
                        i,
                        Given.Json([.. parameters.Select((name, j) => (name, Scattered(i, j)))]),
                        Given.Json(("a", Scattered(i, 61)), ("b", Scattered(i, 62)), ("c", Scattered(i, 63)))
                    )
                )
                .ToList()
        );

        Assert.InRange(page.Length, 1, MostBytes);
    }

    [Fact]
    public void A_sample_of_wide_runs_is_even_and_holds_the_best()
    {
        var contents = ReportBuilder.Of(
            Given.Batch([], ["cost", "text"]),
            () =>
                Enumerable
                    .Range(0, 100_000)
                    .Select(i =>
                        Given.Run(
                            i,
                            "{}",
                            $$"""{"cost":{{(i == 77_777 ? -1 : i % 10)}},"text":"{{new string('x', 190)}} {{i}}"}"""
                        )
                    )
        );

        var indexes = contents.Runs.Rows.Select(row => (long)row[0]!).ToList();
        Assert.Contains(77_777, indexes);
        Assert.Equal(indexes.Order(), indexes);
        Assert.InRange(indexes.Count, 5_000, 20_000);
        Assert.InRange(indexes.Zip(indexes.Skip(1), (a, b) => b - a).Max(), 5, 20);
    }

    [Fact]
    public void Figures_alone_are_those_of_the_page()
    {
        var batch = Given.Batch(["x"], ["cost"]);
        var (page, figures) = (ReportBuilder.Of(batch, () => Runs), ReportBuilder.Figures(batch, () => Runs));

        Assert.Equal(JsonSerializer.Serialize(page.Summaries), JsonSerializer.Serialize(figures.Summaries));
        Assert.Equal(JsonSerializer.Serialize(page.Failures), JsonSerializer.Serialize(figures.Failures));
        Assert.Equal("run 0", figures.Summaries[0].AtMinimum!.Name);
    }

    /// <summary>A point of (0, 1) that no other parameter or run is likely to have.</summary>
    private static double Scattered(int run, int parameter) => (0.5 + run * Math.Sqrt(parameter + 2.1)) % 1;

    private static byte[] Page(BatchRecord batch, IEnumerable<RunRecord> runs)
    {
        using var text = new StringWriter();
        HtmlReport.Write(text, ReportBuilder.Of(batch, () => runs));
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static BaselineRun Wanted()
    {
        using var one = JsonDocument.Parse("1");
        return new BaselineRun(
            new Dictionary<string, JsonElement>(StringComparer.Ordinal) { ["x"] = one.RootElement.Clone() }
        );
    }
}
