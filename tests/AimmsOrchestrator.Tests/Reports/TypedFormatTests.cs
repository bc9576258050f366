using System.IO.Compression;
using System.Xml.Linq;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Reports.Excel;
using AimmsOrchestrator.Reports.Parquet;
using AimmsOrchestrator.Reports.Tables;
using Parquet;

namespace AimmsOrchestrator.Tests.Reports;

/// <summary>Formats whose cells have types, read back: Excel from its raw XML, Parquet by a reader.</summary>
public sealed class TypedFormatTests
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
        var cell = (await SheetAsync(Run(0, $$"""{"x":{{value}}}"""))).Single(c => (string)c.Attribute("r")! == "C2");

        Assert.Equal((type, text), ((string?)cell.Attribute("t"), cell.Value));
        Assert.Empty(cell.Descendants(Main + "f"));
    }

    [Fact]
    public async Task A_text_longer_than_a_cell_holds_is_cut_and_half_a_pair_is_replaced()
    {
        var long40 = new string('x', 40_000);
        var cells = await SheetAsync(Run(0, $$"""{"x":"{{long40}}"}""") with { Notes = "a\ud800b" });

        Assert.Equal(new string('x', 32_766) + "…", cells.Single(c => (string)c.Attribute("r")! == "C2").Value);
        Assert.Contains(cells, c => c.Value == "a\uFFFDb");
    }

    [Fact]
    public async Task A_date_of_Excel_counts_days_since_1900()
    {
        // 2026-11-24 is day 46350 of Excel's calendar, and noon is half a day.
        var run = Run(0, "{}") with
        {
            StartedAt = new DateTimeOffset(2026, 11, 24, 13, 0, 0, TimeSpan.FromHours(1)),
        };

        Assert.Contains(await SheetAsync(run), c => c.Value == "46350.5" && c.Attribute("s") is not null);
    }

    [Fact]
    public async Task Rows_beyond_what_a_sheet_holds_go_on_in_the_next()
    {
        using var file = new MemoryStream();
        await new ExcelReport { Scenario = "name: a\nsweep: {}" }.WriteAsync(
            file,
            new Columns(["x"], []),
            Enumerable.Range(0, 5).Select(i => Run(i, "{}")),
            mostRows: 3,
            CancellationToken.None
        );

        var names = Part(file, "xl/workbook.xml").Descendants(Main + "sheet").Select(s => (string)s.Attribute("name")!);
        Assert.Equal(["runs", "runs 2", "runs 3", "summary", "failures", "scenario"], names);
        Assert.Equal(2, Part(file, "xl/worksheets/sheet3.xml").Descendants(Main + "row").Count());
        Assert.Equal(
            "frozen",
            (string)Part(file, "xl/worksheets/sheet1.xml").Descendants(Main + "pane").Single().Attribute("state")!
        );
    }

    [Fact]
    public async Task Headers_that_differ_by_case_alone_are_told_apart()
    {
        var cells = await SheetAsync(new Columns(["x"], ["cost", "Cost"]), Run(0, "{}"));

        Assert.Equal(
            ["cost", "result.Cost"],
            cells.Where(c => c.Value.EndsWith("ost", StringComparison.Ordinal)).Select(c => c.Value)
        );
    }

    [Fact]
    public async Task Parquet_has_a_type_a_column_and_nulls()
    {
        RunRecord[] runs =
        [
            Run(0, """{"x":1}""") with
            {
                ResultsJson = """{"whole":1,"real":1,"mixed":1,"truth":true,"none":null}""",
            },
            Run(1, """{"x":null}""") with
            {
                ResultsJson = """{"real":"-Infinity","mixed":"a"}""",
            },
            Run(2, """{"x":3}""") with
            {
                ResultsJson = """{"whole":9007199254740993,"real":0.5,"mixed":[1]}""",
            },
        ];
        using var file = new MemoryStream();
        await ParquetReport.WriteAsync(
            file,
            new Columns(["x"], ["whole", "real", "mixed", "truth", "none"]),
            () => runs,
            CancellationToken.None
        );

        file.Position = 0;
        await using var reader = await ParquetReader.CreateAsync(file, leaveStreamOpen: true);
        using var group = reader.OpenRowGroupReader(0);
        var fields = reader.Schema.GetDataFields().ToDictionary(f => f.Name, StringComparer.Ordinal);
        Assert.Equal(typeof(bool), fields["truth"].ClrType);
        Assert.Equal(typeof(ReadOnlyMemory<char>), fields["none"].ClrType);
        Assert.Equal(typeof(DateTime), fields["startedAt"].ClrType);
        var whole = new long?[3];
        var real = new double?[3];
        await group.ReadAsync<long>(fields["whole"], whole);
        await group.ReadAsync<double>(fields["real"], real);
        Assert.Equal([1, null, 9007199254740993], whole);
        Assert.Equal([1, double.NegativeInfinity, 0.5], real);
    }

    [Fact]
    public async Task Parquet_of_a_batch_under_way_loses_nothing_that_comes_meanwhile()
    {
        var walks = 0;
        using var file = new MemoryStream();
        await ParquetReport.WriteAsync(file, new Columns(["x"], ["y"]), Runs, CancellationToken.None);

        file.Position = 0;
        await using var reader = await ParquetReader.CreateAsync(file, leaveStreamOpen: true);
        using var group = reader.OpenRowGroupReader(0);
        var y = reader.Schema.GetDataFields().Single(field => field.Name == "y");
        Assert.Equal(typeof(ReadOnlyMemory<char>), y.ClrType);
        Assert.Equal(2, group.RowCount);

        IEnumerable<RunRecord> Runs()
        {
            yield return Run(0, """{"x":1}""") with
            {
                ResultsJson = """{"y":1}""",
            };
            if (walks++ > 0)
            {
                yield return Run(1, """{"x":2}""") with
                {
                    ResultsJson = """{"y":"none"}""",
                };
            }
        }
    }

    [Fact]
    public async Task Parquet_is_written_in_groups_that_memory_holds_however_long_texts_are()
    {
        var text = new string('x', 1 << 20);
        using var file = new MemoryStream();
        await ParquetReport.WriteAsync(
            file,
            new Columns(["x"], []),
            () => Enumerable.Range(0, 40).Select(i => Run(i, $$"""{"x":"{{text}}{{i}}"}""")),
            CancellationToken.None
        );

        file.Position = 0;
        await using var reader = await ParquetReader.CreateAsync(file, leaveStreamOpen: true);
        Assert.InRange(reader.RowGroupCount, 2, 4);
    }

    [Theory]
    [InlineData("# no heading", "\\# no heading")]
    [InlineData("- no list", "\\- no list")]
    [InlineData("1. no list", "1\\. no list")]
    [InlineData("> no quotation", "\\> no quotation")]
    [InlineData("a_b_c - d", "a\\_b\\_c - d")]
    public void Markdown_takes_no_description_for_mark_up(string description, string line)
    {
        using var writer = new StringWriter();
        new MarkdownReport { Title = "a", Description = description }.Write(writer, new Columns([], []), []);

        Assert.Contains($"\n{line}\n", writer.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Markdown_counts_the_runs_that_have_not_begun_too()
    {
        using var writer = new StringWriter();
        RunRecord[] runs = [Run(0, "{}") with { Phase = RunPhase.Completed }, Run(1, "{}"), Run(2, "{}")];
        new MarkdownReport { Title = "a" }.Write(writer, new Columns([], []), runs);

        Assert.Contains("3 runs: 2 pending, 1 completed", writer.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Markdown_shows_text_as_it_is_and_says_what_it_leaves_out()
    {
        using var writer = new StringWriter();
        new MarkdownReport { Title = "a-1" }.Write(
            writer,
            new Columns(["x"], []),
            Enumerable.Range(0, 1_003).Select(i => Run(i, """{"x":"a|b\\c\n<d>"}"""))
        );

        var page = writer.ToString();
        Assert.Contains(@"| a\|b\\c<br>&lt;d> | pending |", page, StringComparison.Ordinal);
        Assert.Contains("the first 1000 runs; 3 more", page, StringComparison.Ordinal);
    }

    private static Task<List<XElement>> SheetAsync(params RunRecord[] runs) => SheetAsync(new Columns(["x"], []), runs);

    private static async Task<List<XElement>> SheetAsync(Columns columns, params RunRecord[] runs)
    {
        using var file = new MemoryStream();
        await new ExcelReport().WriteAsync(file, columns, runs, CancellationToken.None);
        return [.. Part(file, "xl/worksheets/sheet1.xml").Descendants(Main + "c")];
    }

    private static XDocument Part(MemoryStream file, string name)
    {
        using var archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
        using var part = archive.GetEntry(name)!.Open();
        return XDocument.Load(part);
    }

    private static RunRecord Run(long index, string parameters) =>
        new()
        {
            Index = index,
            Name = $"run {index}",
            ParametersJson = parameters,
            Phase = RunPhase.Pending,
            Attempts = 1,
            StartedAt = default,
        };
}
