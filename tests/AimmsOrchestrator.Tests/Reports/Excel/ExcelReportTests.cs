using System.IO.Compression;
using System.Xml.Linq;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Reports.Excel;
using AimmsOrchestrator.Reports.Tables;

namespace AimmsOrchestrator.Tests.Reports.Excel;

/// <summary>Cells, sheets and headers of a workbook.</summary>
public sealed class ExcelReportTests
{
    private static readonly XNamespace Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    [Theory]
    [InlineData("1.5", null, "1.5")]
    [InlineData("7", null, "7")]
    [InlineData("999999999999999", null, "999999999999999")]
    [InlineData("1000000000000001", "inlineStr", "1000000000000001")]
    [InlineData("-9007199254740993", "inlineStr", "-9007199254740993")]
    [InlineData("123456789012345678901", "inlineStr", "123456789012345678901")]
    [InlineData("true", "b", "1")]
    [InlineData("\"Infinity\"", "inlineStr", "Infinity")]
    [InlineData("1e999", "inlineStr", "1e999")]
    [InlineData("[1,{\"a\":2}]", "inlineStr", "[1,{\"a\":2}]")]
    [InlineData("\"=1+1\"", "inlineStr", "=1+1")]
    [InlineData("\"😀 漢字 שלום\"", "inlineStr", "😀 漢字 שלום")]
    [InlineData("\"a\\u0001b\"", "inlineStr", "a_x0001_b")]
    [InlineData("\"_x0041_\"", "inlineStr", "_x005F_x0041_")]
    public async Task A_cell_of_Excel_has_its_value_and_type(string value, string? type, string text)
    {
        var cell = (await SheetAsync(Given.Pending(0, $$"""{"x":{{value}}}"""))).Single(c =>
            (string)c.Attribute("r")! == "C2"
        );

        Assert.Equal((type, text), ((string?)cell.Attribute("t"), cell.Value));
        Assert.Empty(cell.Descendants(Main + "f"));
    }

    [Fact]
    public async Task A_text_longer_than_a_cell_holds_is_cut_and_half_a_pair_is_replaced()
    {
        var long40 = new string('x', 40_000);
        var cells = await SheetAsync(Given.Pending(0, $$"""{"x":"{{long40}}"}""") with { Notes = "a\ud800b" });

        Assert.Equal(new string('x', 32_766) + "…", cells.Single(c => (string)c.Attribute("r")! == "C2").Value);
        Assert.Contains(cells, c => c.Value == "a\uFFFDb");
    }

    [Fact]
    public async Task A_date_of_Excel_counts_days_since_1900()
    {
        // 2026-11-24 is day 46350 of Excel's calendar, and noon is half a day.
        var run = Given.Pending(0, "{}") with
        {
            StartedAt = new DateTimeOffset(2026, 11, 24, 13, 0, 0, TimeSpan.FromHours(1)),
        };

        Assert.Contains(await SheetAsync(run), c => c.Value == "46350.5" && c.Attribute("s") is not null);
    }

    [Fact]
    public async Task Rows_beyond_a_sheets_limit_continue_in_the_next()
    {
        using var file = new MemoryStream();
        await new ExcelReport { Scenario = "name: a\nsweep: {}" }.WriteAsync(
            file,
            new Columns(["x"], []),
            Enumerable.Range(0, 5).Select(i => Given.Pending(i, "{}")),
            mostRows: 3,
            CancellationToken.None
        );

        var names = Part(file, "xl/workbook.xml").Descendants(Main + "sheet").Select(s => (string)s.Attribute("name")!);
        Assert.Equal(["summary", "runs", "runs 2", "runs 3", "failures", "scenario"], names);
        Assert.Equal(2, Part(file, "xl/worksheets/sheet4.xml").Descendants(Main + "row").Count());
        Assert.Equal(
            "frozen",
            (string)Part(file, "xl/worksheets/sheet2.xml").Descendants(Main + "pane").Single().Attribute("state")!
        );
    }

    [Fact]
    public async Task A_sheet_keeps_a_lines_indentation()
    {
        using var file = new MemoryStream();
        await new ExcelReport { Scenario = "sweep:\n  matrix: {}" }.WriteAsync(
            file,
            new Columns([], []),
            [],
            CancellationToken.None
        );

        using var archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
        await using var part = await archive.GetEntry("xl/worksheets/sheet4.xml")!.OpenAsync();
        var text = XDocument.Load(part).Descendants(Main + "t").Single(t => t.Value == "  matrix: {}");
        Assert.Equal("preserve", (string?)text.Attribute(XNamespace.Xml + "space"));
    }

    [Fact]
    public async Task Headers_that_differ_by_case_alone_are_made_different()
    {
        var cells = await SheetAsync(new Columns(["x"], ["cost", "Cost"]), Given.Pending(0, "{}"));

        Assert.Equal(
            ["cost", "result.Cost"],
            cells.Where(c => c.Value.EndsWith("ost", StringComparison.Ordinal)).Select(c => c.Value)
        );
    }

    private static Task<List<XElement>> SheetAsync(params RunRecord[] runs) => SheetAsync(new Columns(["x"], []), runs);

    private static async Task<List<XElement>> SheetAsync(Columns columns, params RunRecord[] runs)
    {
        using var file = new MemoryStream();
        await new ExcelReport().WriteAsync(file, columns, runs, CancellationToken.None);
        return [.. Part(file, "xl/worksheets/sheet2.xml").Descendants(Main + "c")];
    }

    private static XDocument Part(MemoryStream file, string name)
    {
        using var archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
        using var part = archive.GetEntry(name)!.Open();
        return XDocument.Load(part);
    }
}
