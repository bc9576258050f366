using AimmsOrchestrator.Scenarios.Loading;

namespace AimmsOrchestrator.Tests.Scenarios.Tables;

public sealed class ExcelTableTests
{
    [Theory]
    [InlineData(44648, true, "2026-03-29")]
    [InlineData(46110, false, "2026-03-29")]
    [InlineData(0, true, "1904-01-01")]
    [InlineData(1, false, "1900-01-01")]
    [InlineData(59, false, "1900-02-28")]
    [InlineData(61, false, "1900-03-01")]
    public void A_date_counts_from_the_workbooks_own_first_day(int serial, bool uses1904, string expected)
    {
        var rows = Cells("d", $"<c s=\"1\"><v>{serial}</v></c>", uses1904).Rows();

        Assert.Equal([$$"""{"d":"{{expected}}"}"""], rows);
    }

    [Theory]
    [InlineData("<c s=\"2\"><v>2.5694444444444443E-2</v></c>", "00:37:00")]
    [InlineData("<c s=\"2\"><v>0.12847222222222221</v></c>", "03:05:00")]
    [InlineData("<c s=\"2\"><v>0.51388888888888884</v></c>", "12:20:00")]
    [InlineData("<c s=\"2\"><v>0.99999999999</v></c>", "23:59:59.999")]
    [InlineData("<c s=\"1\"><v>46110.99999999999</v></c>", "2026-03-30")]
    [InlineData("<c s=\"1\"><v>46110.128472222221</v></c>", "2026-03-29T03:05:00")]
    [InlineData("<c s=\"3\"><v>1.5</v></c>", "36:00:00")]
    [InlineData("<c s=\"4\"><v>46110</v></c>", "2026-03-29")]
    [InlineData("<c t=\"d\"><v>2026-03-29T03:05:00</v></c>", "2026-03-29T03:05:00")]
    [InlineData("<c t=\"d\"><v>2026-03-29T03:05:00Z</v></c>", "2026-03-29T03:05:00")]
    public void A_time_is_rounded_to_the_millisecond(string cell, string expected)
    {
        Assert.Equal([$$"""{"d":"{{expected}}"}"""], Cells("d", cell).Rows());
    }

    [Theory]
    [InlineData("2", 0.0, "")]
    [InlineData("1", 46110.0, "2026-03-29T")]
    public void Each_minute_of_a_day_is_that_minute(string style, double day, string prefix)
    {
        var cells = Enumerable
            .Range(1, 1439)
            .Select(minute =>
                FormattableString.Invariant(
                    $"<row r=\"{minute + 1}\"><c s=\"{style}\"><v>{day + (minute / 1440.0):R}</v></c></row>"
                )
            );

        var rows = Load(TestWorkbook.Texts(1, "t") + string.Concat(cells)).Rows();

        Assert.Equal(
            Enumerable
                .Range(1, 1439)
                .Select(minute => $$"""{"t":"{{prefix}}{{minute / 60:00}}:{{minute % 60:00}}:00"}"""),
            rows
        );
    }

    [Theory]
    [InlineData("<c><v>10.5</v></c>", "10.5")]
    [InlineData("<c s=\"5\"><v>3</v></c>", "3")]
    [InlineData("<c t=\"b\"><v>1</v></c>", "true")]
    [InlineData("<c t=\"inlineStr\"><is><t>a_x000A_b</t></is></c>", "\"a\\nb\"")]
    [InlineData(
        "<c t=\"inlineStr\"><is><r><t>to</t></r><r><t>kyo</t></r><rPh sb=\"0\" eb=\"1\"><t>no</t></rPh></is></c>",
        "\"tokyo\""
    )]
    [InlineData("<c t=\"str\"><f>A1&amp;\"\"</f><v></v></c>", "\"\"")]
    [InlineData("<c><f>1+1</f><v>2</v></c>", "2")]
    [InlineData("<c s=\"1\"/>", "null")]
    public void A_cell_keeps_its_kind(string cell, string expected)
    {
        var rows = Load(TestWorkbook.Texts(1, "d", "e") + $"<row r=\"2\">{cell}<c><v>0</v></c></row>").Rows();

        Assert.Equal([$$"""{"d":{{expected}},"e":0}"""], rows);
    }

    [Theory]
    [InlineData("<c t=\"e\"><v>#N/A</v></c>", "t.xlsx:2:1: A2 is the error #N/A")]
    [InlineData("<c t=\"e\"><f>1/0</f><v>#DIV/0!</v></c>", "t.xlsx:2:1: A2 is the error #DIV/0!")]
    [InlineData(
        "<c><f>B1*2</f></c>",
        "t.xlsx:2:1: A2 has a formula that was never calculated; open the workbook in Excel and save it"
    )]
    [InlineData(
        "<c><f>B1*2</f><v></v></c>",
        "t.xlsx:2:1: A2 has a formula that was never calculated; open the workbook in Excel and save it"
    )]
    [InlineData(
        "<c><v>1.797693134862316E+308</v></c>",
        "t.xlsx:2:1: A2 is 1.797693134862316E+308, which is beyond the range of numbers"
    )]
    [InlineData("<c s=\"1\"><v>-1</v></c>", "t.xlsx:2:1: A2 is -1 shown as a date, which is no date that Excel knows")]
    [InlineData("<c s=\"1\"><v>60</v></c>", "t.xlsx:2:1: A2 is 60 shown as a date, which is no date that Excel knows")]
    public void A_cell_without_a_value_is_an_error_at_that_cell(string cell, string expected)
    {
        Assert.Equal(expected, Cells("d", cell).Error());
    }

    [Fact]
    public void Two_columns_with_one_name_are_an_error()
    {
        var result = Load(TestWorkbook.Texts(1, "a", "a", "A", "b") + Numbers(2, 1, 2, 3, 4));

        Assert.Equal("t.xlsx:1:1: two columns have the same name, \"a\"", result.Error());
    }

    [Fact]
    public void A_value_below_no_heading_is_an_error()
    {
        var rows = TestWorkbook.Texts(1, "a", "", "c") + Numbers(2, 1, 2, 3) + Numbers(3, 1, 2, 3, 4);

        Assert.Equal(
            [
                "t.xlsx:2:2: B2 has a value, and its column has no heading",
                "t.xlsx:3:4: D3 has a value, and its column has no heading",
            ],
            Load(rows).Diagnostics.Select(diagnostic => diagnostic.ToString())
        );
    }

    [Fact]
    public void An_empty_column_without_a_heading_is_left_out()
    {
        var rows =
            TestWorkbook.Texts(1, "a", "", "c") + "<row r=\"2\"><c r=\"A2\"><v>1</v></c><c r=\"C2\"><v>3</v></c></row>";

        Assert.Equal(["""{"a":1,"c":3}"""], Load(rows).Rows());
    }

    [Fact]
    public void Dates_and_numbers_may_be_headings()
    {
        var rows = "<row r=\"2\"><c s=\"1\"><v>46110</v></c><c><v>2027</v></c></row>" + Numbers(3, 5, 6);

        Assert.Equal(["""{"2026-03-29":5,"2027":6}"""], Load(rows).Rows());
    }

    [Fact]
    public void Numbers_among_texts_are_a_warning()
    {
        var rows = TestWorkbook.Texts(1, "a") + Numbers(2, 5) + TestWorkbook.Texts(3, "6");

        Assert.Equal(
            ["t.xlsx:3:1: warning: the column \"a\" has a text here, \"6\", and a number in line 2, 5"],
            Load(rows).Warnings()
        );
    }

    [Fact]
    public void Hidden_rows_and_merged_cells_are_a_warning()
    {
        var rows =
            TestWorkbook.Texts(1, "a", "b")
            + Numbers(2, 5, 6)
            + "<row r=\"3\" hidden=\"1\"><c><v>7</v></c><c/></row></sheetData>"
            + "<mergeCells count=\"1\"><mergeCell ref=\"B2:B3\"/></mergeCells><sheetData>";

        Assert.Equal(
            [
                "t.xlsx: warning: the cells B2:B3 are merged: only the first of them has the value, the others are empty",
                "t.xlsx:3:1: warning: row 3 is hidden, and read like the others",
            ],
            Load(rows).Warnings()
        );
    }

    [Fact]
    public void An_older_or_encrypted_workbook_is_named()
    {
        var result = TableTest.Load("t.xlsx", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]);

        Assert.StartsWith(
            "t.xlsx: this is no .xlsx workbook: it is encrypted",
            result.Error(),
            StringComparison.Ordinal
        );
    }

    private static ScenarioLoadResult Load(string rows, bool uses1904 = false) =>
        TableTest.Load("t.xlsx", TestWorkbook.Of(rows, uses1904));

    private static ScenarioLoadResult Cells(string heading, string cell, bool uses1904 = false) =>
        Load(TestWorkbook.Texts(1, heading) + $"<row r=\"2\">{cell}</row>", uses1904);

    private static string Numbers(int row, params int[] numbers) =>
        $"<row r=\"{row}\">{string.Concat(numbers.Select(number => $"<c><v>{number}</v></c>"))}</row>";
}
