using System.Text.Json;
using AimmsOrchestrator.Domain.Expectations;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Reports;
using AimmsOrchestrator.Reports.Excel;
using AimmsOrchestrator.Reports.Statistics;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using OfExcel = DocumentFormat.OpenXml.Drawing.Charts;

namespace AimmsOrchestrator.Tests.Reports.Excel;

/// <summary>What a workbook opens on, as a program that knows the standard reads it.</summary>
public sealed class SummarySheetTests
{
    [Fact]
    public async Task It_opens_on_the_findings_and_their_statistics_and_is_valid()
    {
        using var book = await OpenAsync(Grid());

        Assert.Equal(["summary", "pivot", "runs", "failures", "expectations", "scenario"], SheetNames(book));
        var rows = Rows(book, "summary");
        Assert.Equal("grid-1", rows[0][0]);
        Assert.Equal("All 6 runs completed.", rows[2][0]);
        var cost = rows.Single(row => row[0] == "cost");
        Assert.Equal(["6", "0", "10"], cost[1..4]);
        Assert.Empty(
            new OpenXmlValidator().Validate(book).Select(e => $"{e.Part?.Uri} {e.Path?.XPath}: {e.Description}")
        );
    }

    [Fact]
    public async Task The_pivot_has_the_means_of_the_first_result_by_the_first_two_parameters_and_a_chart()
    {
        using var book = await OpenAsync(Grid());

        // cost = 10 x + z: the mean over z = 0 and 4 is 10 x + 2 for y = 1, and 10 x for y = 2, which has z = 0 alone.
        Assert.Equal(
            [
                ["x \\ y", "y = 1", "y = 2"],
                ["1", "12", "10"],
                ["2", "22", "20"],
            ],
            Rows(book, "pivot").Skip(2)
        );
        var chart = Part(book, "pivot").DrawingsPart!.ChartParts.Single().ChartSpace!;
        Assert.Equal(2, chart.Descendants<OfExcel.LineChartSeries>().Count());
        Assert.Contains(chart.Descendants<OfExcel.Formula>(), formula => formula.Text == "pivot!$C$4:$C$5");
    }

    [Fact]
    public async Task The_values_of_a_sample_are_counted_in_classes_of_round_numbers()
    {
        // 0, 1, ..., 99 and a hundred: five to a class, and one more in the last.
        var runs = Enumerable.Range(0, 101).Select(i => Run(i, Given.Json(("x", i * 37 % 101)), cost: i));
        using var book = await OpenAsync([.. runs], DesignForm.Sample, ["x"]);

        var rows = Rows(book, "pivot").Skip(3).ToList();

        Assert.Equal(["0", "5", "5"], rows[0]);
        Assert.Equal(["95", "100", "5"], rows[19]);
        Assert.Equal(["100", "105", "1"], rows[20]);
        Assert.Equal(101, rows.Sum(row => int.Parse(row[2], null)));
    }

    [Fact]
    public async Task Numbers_have_one_form_in_each_column_and_times_their_zone()
    {
        using var book = await OpenAsync([Run(0, Given.Json(("x", 1)), 1234.5678), Run(1, Given.Json(("x", 2)), 2000)]);

        var formats = book.WorkbookPart!.WorkbookStylesPart!.Stylesheet!.NumberingFormats!.Elements<NumberingFormat>();
        var codes = formats.Select(format => format.FormatCode!.Value).ToList();

        Assert.Contains("#,##0.0", codes);
        Assert.Contains("yyyy-mm-dd hh:mm:ss \"UTC\"", codes);
        var setup = Part(book, "runs").Worksheet!.Elements<PageSetup>().Single();
        Assert.Equal((1u, 0u), (setup.FitToWidth!.Value, setup.FitToHeight!.Value));
        var pane = Part(book, "runs").Worksheet!.Descendants<Pane>().Single();
        Assert.Equal((2.0, 1.0), (pane.HorizontalSplit!.Value, pane.VerticalSplit!.Value));
    }

    [Theory]
    [InlineData(0, 1, "0", "0.00")]
    [InlineData(0, 20_000, "#,##0", "#,##0.00")]
    [InlineData(0.5, 20, "0.00", "0.00")]
    public void The_mean_of_whole_numbers_is_no_whole_number(double least, double greatest, string values, string means)
    {
        var summary = new ResultSummary
        {
            Result = "cost",
            Count = 2,
            Empty = 0,
            Minimum = least,
            Median = least,
            Mean = (least + greatest) / 2,
            Maximum = greatest,
        };

        Assert.Equal((values, means), (NumberFormats.Of(summary), NumberFormats.OfMeans(summary)));
    }

    [Fact]
    public async Task Means_have_another_form_than_the_least_and_the_greatest_value()
    {
        // Three ones in ten runs: a mean of 0.3, and of 0.5 at x = 2.
        var runs = Enumerable.Range(0, 10).Select(i => Run(i, Given.Json(("x", 1 + i / 2)), cost: i < 3 ? 1 : 0));
        using var book = await OpenAsync([.. runs]);

        var cost = Styles(book, "summary", "cost");
        var pivot = Styles(book, "pivot", "2");

        // Least and greatest; then the quartiles, the mean and the deviation.
        Assert.Equal(cost[3], cost[8]);
        Assert.NotEqual(cost[3], cost[6]);
        Assert.All([cost[4], cost[5], cost[7], cost[9], pivot[1]], style => Assert.Equal(cost[6], style));
    }

    private static List<RunRecord> Grid() =>
        [
            .. new[] { (1, 1, 0), (1, 1, 4), (1, 2, 0), (2, 1, 0), (2, 1, 4), (2, 2, 0) }.Select(
                (p, i) => Run(i, Given.Json(("x", p.Item1), ("y", p.Item2), ("z", p.Item3)), (10 * p.Item1) + p.Item3)
            ),
        ];

    private static RunRecord Run(int index, string parameters, double cost) =>
        Given.Run(index, parameters, Given.Json(("cost", cost)));

    private static async Task<SpreadsheetDocument> OpenAsync(
        IReadOnlyList<RunRecord> runs,
        DesignForm form = DesignForm.Grid,
        params string[] parameters
    )
    {
        string[] names = parameters.Length > 0 ? parameters : ParametersOf(runs[0]);
        var batch = Given.Batch(names, ["cost"]) with
        {
            Design = new BatchDesign { Form = form, Parameters = names },
        };
        var statistics = ReportBuilder.Summarize(batch, new RunWalk(() => runs));
        var file = new MemoryStream();
        await new ExcelReport
        {
            Title = "grid-1",
            Findings = statistics.Findings,
            Summaries = statistics.Summaries,
            Table = statistics.Table,
            Expectations = [new ExpectationResult("cost <= 20", 6, 1, [new Violation([5], "run 5 has 24")])],
            Scenario = "name: grid",
        }.WriteAsync(file, new AimmsOrchestrator.Reports.Tables.Columns(names, ["cost"]), runs, CancellationToken.None);
        file.Position = 0;
        return SpreadsheetDocument.Open(file, isEditable: false);
    }

    private static string[] ParametersOf(RunRecord run)
    {
        using var json = JsonDocument.Parse(run.ParametersJson);
        return [.. json.RootElement.EnumerateObject().Select(member => member.Name)];
    }

    private static List<string> SheetNames(SpreadsheetDocument book) =>
        [.. book.WorkbookPart!.Workbook!.Descendants<Sheet>().Select(sheet => sheet.Name!.Value!)];

    private static WorksheetPart Part(SpreadsheetDocument book, string name)
    {
        var sheet = book.WorkbookPart!.Workbook!.Descendants<Sheet>().Single(s => s.Name!.Value == name);
        return (WorksheetPart)book.WorkbookPart.GetPartById(sheet.Id!.Value!);
    }

    /// <summary>The styles of the cells of the row that begins with a text.</summary>
    private static List<uint?> Styles(SpreadsheetDocument book, string sheet, string head) =>
        [
            .. Part(book, sheet)
                .Worksheet!.Descendants<Row>()
                .Select(row => row.Elements<DocumentFormat.OpenXml.Spreadsheet.Cell>().ToList())
                .Single(cells => cells.Count > 0 && cells[0].InnerText == head)
                .Select(cell => cell.StyleIndex?.Value),
        ];

    private static List<List<string>> Rows(SpreadsheetDocument book, string name) =>
        [
            .. Part(book, name)
                .Worksheet!.Descendants<Row>()
                .Select(row =>
                    row.Elements<DocumentFormat.OpenXml.Spreadsheet.Cell>().Select(cell => cell.InnerText).ToList()
                )
                .Select(cells => cells.Count == 0 ? [""] : cells),
        ];
}
