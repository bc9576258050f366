using System.Text;

namespace AimmsOrchestrator.Tests.Scenarios.Tables;

public sealed class TableLimitTests
{
    [Fact]
    public void A_table_has_as_many_columns_as_a_sheet_at_most()
    {
        var names = string.Join(',', Enumerable.Range(0, 16_385));

        Assert.Equal(
            "t.csv:1:1: a table has 16,384 columns at most",
            TableTest.Load("t.csv", $"{names}\n{names}\n").Error()
        );
    }

    [Fact]
    public void So_do_JSON_Lines_where_each_line_brings_a_column_of_its_own()
    {
        var lines = string.Concat(Enumerable.Range(0, 20_000).Select(i => $$"""{"c{{i}}":1}{{'\n'}}"""));

        Assert.Equal("t.jsonl:16385:1: a table has 16,384 columns at most", TableTest.Load("t.jsonl", lines).Error());
    }

    [Fact]
    public void A_row_of_a_sheet_ends_at_the_last_column_of_Excel()
    {
        var row = $"<row r=\"2\">{string.Concat(Enumerable.Repeat("<c/>", 16_385))}</row>";

        Assert.Equal(
            "t.xlsx: this Excel file cannot be read: row 2 has cells beyond column 16384",
            TableTest.Load("t.xlsx", TestWorkbook.Of(TestWorkbook.Texts(1, "a") + row)).Error()
        );
    }

    [Theory]
    [InlineData("<row r=\"1048577\"><c><v>1</v></c></row>", 1)]
    [InlineData("<row r=\"2\"/>", 1_048_576)]
    [InlineData("<row/>", 1_048_576)]
    public void A_sheet_ends_at_the_last_row_of_Excel(string row, int times)
    {
        var rows = TestWorkbook.Texts(1, "a") + new StringBuilder().Insert(0, row, times);

        Assert.Equal(
            "t.xlsx: this Excel file cannot be read: it has more than the 1048576 rows that a sheet can have",
            TableTest.Load("t.xlsx", TestWorkbook.Of(rows)).Error()
        );
    }

    [Fact]
    public void A_sheet_of_one_endless_text_is_refused_before_it_is_read()
    {
        var rows = TestWorkbook.Texts(1, "a") + TestWorkbook.Texts(2, new string('x', (1 << 20) + 1));

        Assert.Equal(
            "t.xlsx: \"xl/worksheets/sheet1.xml\" in it has a text of more than 1 MB",
            TableTest.Load("t.xlsx", TestWorkbook.Of(rows)).Error()
        );
    }

    [Fact]
    public void Of_many_errors_a_hundred_are_shown_and_the_others_counted()
    {
        var text = new StringBuilder("a,b\n").Insert(4, "1\n", 5_000).ToString();
        var errors = TableTest.Load("t.csv", text).Diagnostics;

        Assert.Equal(101, errors.Count);
        Assert.Equal("t.csv:101:1: 1 cells in this line, and 2 columns in the first", errors[99].ToString());
        Assert.Equal("t.csv: 4900 more errors are not shown", errors[100].ToString());
    }

    [Fact]
    public void Rows_that_lack_a_column_differ_in_it_and_rows_that_write_a_number_otherwise_do_not()
    {
        var result = TableTest.Load("t.jsonl", "{\"a\":1,\"b\":1,\"c\":1}\n{\"a\":1.0,\"c\":2}\n");

        Assert.Equal(["b=1 c=1", "c=2"], result.Scenario!.Plan.Runs.From(0).Select(run => run.Name));
    }

    [Fact]
    public void A_condition_leaves_the_rows_that_it_keeps_in_order()
    {
        var lines = "id,keep\n" + string.Concat(Enumerable.Range(0, 300).Select(i => $"{i},{i % 100}\n"));

        Assert.Equal(
            ["""{"id":7,"keep":7}""", """{"id":107,"keep":7}""", """{"id":207,"keep":7}"""],
            TableTest.Load("t.csv", lines, ", where: keep == 7").Rows()
        );
    }
}
