using System.Text;
using System.Text.Json;
using AimmsOrchestrator.Domain.Expectations;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Reports;
using AimmsOrchestrator.Reports.Charts;
using AimmsOrchestrator.Reports.Comparison;
using AimmsOrchestrator.Reports.Excel;
using AimmsOrchestrator.Reports.Html;
using AimmsOrchestrator.Reports.Parquet;
using AimmsOrchestrator.Reports.Statistics;
using AimmsOrchestrator.Reports.Tables;

namespace AimmsOrchestrator.Tests.Reports;

/// <summary>Responses that no model should write, in every format.</summary>
public sealed class HostileResultTests
{
    public static TheoryData<string, string> Results =>
        new()
        {
            { """{"x":"a\ud83d"}""", """{"x":"a\udc00b"}""" },
            { """{"x":"\ud83d\\ud800\ud83d\ude00"}""", """{"x":"\ud83d"}""" },
            { """{"\ud800":1}""", """{"\udfff":2}""" },
            { """{"x":1,"\ud800":{"\uDBFF":["\uDBFF"]}}""", """{"x":2}""" },
            { """{"x":1,"x":2}""", """{"x":3,"x":"a"}""" },
            { """{"x":1e999}""", """{"x":-1e999}""" },
            { """{"x":1.7976931348623157e308}""", """{"x":-1.7976931348623157e308}""" },
            { """{"x":1.7976931348623157e308}""", """{"x":1.7976931348623157e308}""" },
        };

    [Theory]
    [MemberData(nameof(Results))]
    public async Task A_hostile_response_breaks_no_report(string one, string other)
    {
        foreach (var names in new string[][] { ["x"], [] })
        {
            var batch = Given.Batch(["p"], names);
            RunRecord[] runs = [Given.Run(0, """{"p":1}""", one), Given.Run(1, """{"p":2}""", other)];
            var columns = Columns.Of(batch, () => runs) with { Baseline = Baseline.Find(First(), runs) };
            using var text = new StringWriter();
            using var bytes = new MemoryStream();

            CsvReport.Write(text, columns, runs);
            new MarkdownReport { Title = "a" }.Write(text, columns, runs);
            HtmlReport.Write(text, ReportBuilder.Build(batch, new RunWalk(() => runs)));
            DifferenceReport.WriteCsv(text, Differences(batch, runs));
            JsonLinesReport.Write(bytes, runs, columns);
            await new ExcelReport().WriteAsync(bytes, columns, runs, CancellationToken.None);
            await ParquetReport.WriteAsync(bytes, columns, () => runs, CancellationToken.None);

            Assert.DoesNotContain("NaN", text.ToString().Split("<script").First(), StringComparison.Ordinal);
            Assert.Equal(2, ReportTable.Of(columns, runs, 2).Rows.Count);
        }
    }

    [Theory]
    [InlineData("\"a\\ud83d\"", "a\uFFFD")]
    [InlineData("\"\\ud83d\\ude00\"", "😀")]
    [InlineData("\"\\\\ud83d\"", "\\ud83d")]
    [InlineData("\"\\udE00\\uD83D\"", "\uFFFD\uFFFD")]
    public void Half_a_pair_of_code_units_is_replaced_and_nothing_else(string json, string text)
    {
        using var document = LenientJson.Parse(json);

        Assert.Equal(text, document.RootElement.GetString());
    }

    [Fact]
    public void Bytes_that_are_not_text_are_replaced() =>
        Assert.Equal(
            "\"a\uFFFDb\"",
            Encoding.UTF8.GetString(
                LenientJson.RepairSurrogates(new byte[] { 0x22, 0x61, 0xff, 0x62, 0x22 }.AsMemory()).Span
            )
        );

    [Theory]
    [InlineData(-double.MaxValue, double.MaxValue)]
    [InlineData(double.MaxValue, double.MaxValue / 2)]
    [InlineData(153.675, 153.676)]
    [InlineData(0, 1e-300)]
    public void A_histograms_edges_are_finite_and_rise_for_any_results(double one, double other)
    {
        var runs = Enumerable.Range(0, 40).Select(i => Given.Run(i, "{}", Given.Json(("x", i % 2 == 0 ? one : other))));

        var histogram = ReportBuilder
            .Build(Given.Batch([], ["x"]), new RunWalk(() => runs))
            .Charts.OfType<Histogram>()
            .Single();

        Assert.All(histogram.Edges, edge => Assert.True(double.IsFinite(edge)));
        Assert.All(histogram.Edges.Zip(histogram.Edges.Skip(1)), pair => Assert.True(pair.First < pair.Second));
        Assert.Equal(40, histogram.Counts.Sum());
        Assert.True(histogram.Edges[0] <= Math.Min(one, other) && Math.Max(one, other) <= histogram.Edges[^1]);
    }

    [Theory]
    [InlineData(double.MaxValue, double.MaxValue)]
    [InlineData(-double.MaxValue, -double.MaxValue)]
    [InlineData(153.675, 153.67500000000004)]
    [InlineData(0, 0)]
    [InlineData(0, double.Epsilon)]
    public void A_result_that_differs_by_rounding_errors_alone_has_no_chart(double one, double other)
    {
        var runs = Enumerable.Range(0, 40).Select(i => Given.Run(i, "{}", Given.Json(("x", i % 2 == 0 ? one : other))));

        Assert.All(
            ReportBuilder.Build(Given.Batch([], ["x"]), new RunWalk(() => runs)).Charts,
            chart => Assert.IsType<TimelineChart>(chart)
        );
    }

    [Fact]
    public void A_comparison_that_a_double_cannot_hold_is_empty()
    {
        RunRecord[] runs =
        [
            Given.Run(0, """{"p":1}""", """{"x":-1e308,"y":1e999}"""),
            Given.Run(1, """{"p":2}""", """{"x":1.5e308,"y":1}"""),
        ];
        var baseline = Baseline.Find(First(), runs)!;
        using var results = LenientJson.Parse(runs[1].ResultsJson!);

        Assert.Equal((null, -1.5), baseline.Compare("x", results.RootElement));
        Assert.False(baseline.Has("y"));
        Assert.Null(Differences(Given.Batch(["p"], []), runs)[0].Results[0].Difference);
    }

    private static List<RunDifference> Differences(BatchRecord batch, RunRecord[] runs)
    {
        var after = runs.Reverse().Select((run, i) => run with { Index = i, ParametersJson = runs[i].ParametersJson });
        return [.. new BatchDifference(Tolerance.Default).Runs(batch, batch, () => runs, after)];
    }

    private static BaselineRun First()
    {
        using var value = JsonDocument.Parse("1");
        return new BaselineRun(
            new Dictionary<string, JsonElement>(StringComparer.Ordinal) { ["p"] = value.RootElement.Clone() }
        );
    }
}
