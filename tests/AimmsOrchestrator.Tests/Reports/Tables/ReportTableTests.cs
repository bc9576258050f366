using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Reports.Tables;

namespace AimmsOrchestrator.Tests.Reports.Tables;

/// <summary>The table on the terminal.</summary>
public sealed class ReportTableTests
{
    [Fact]
    public void A_table_aligns_numbers_right_and_hides_noise()
    {
        var table = ReportTable.Of(
            new Columns(["x", "who"], ["cost"]),
            [
                Given.Pending(0, """{"x":1.0,"who":"a"}""") with
                {
                    Phase = RunPhase.Completed,
                    ResultsJson = """{"cost":0.30000000000000004}""",
                },
                Given.Pending(1, """{"x":2,"who":"b"}"""),
                Given.Pending(2, """{"x":3,"who":"c"}"""),
            ],
            mostRows: 2
        );

        Assert.Equal(["x", "who", "state", "cost"], table.Headers);
        Assert.Equal([true, false, false, true], table.IsNumeric);
        Assert.Equal(["1.0", "a", "completed", "0.3"], table.Rows[0]);
        Assert.Equal(["2", "b", "pending", ""], table.Rows[1]);
        Assert.Equal(1, table.LeftOut);
    }

    [Theory]
    [InlineData("0.30000000000000004", "0.3")]
    [InlineData("1000000000", "1000000000")]
    [InlineData("12345678901", "12345678901")]
    [InlineData("-98765432109.4", "-98765432109")]
    [InlineData("999999999999999", "999999999999999")]
    [InlineData("1234567890123456", "1.23456789E+15")]
    public void A_large_number_keeps_its_whole_part(string number, string text)
    {
        var columns = new Columns(["customer"], ["cost"]);
        var run = Given.Run(0, $$"""{"customer":{{number}}}""", $$"""{"cost":{{number}}}""");
        using var page = new StringWriter();
        new MarkdownReport { Title = "a" }.Write(page, columns, [run]);

        Assert.Equal(text, ReportTable.Of(columns, [run], mostRows: 1).Rows[0][2]);
        Assert.Contains($"| {text} |\n", page.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_shows_names_if_there_are_no_parameters_and_errors_if_there_are_any()
    {
        var failed = Given.Pending(0, "{}") with
        {
            Phase = RunPhase.Failed,
            Error = new RunError(RunErrorKind.Rejected, "400"),
        };
        var table = ReportTable.Of(new Columns([], []), [failed], mostRows: 10);

        Assert.Equal(["run", "state", "error"], table.Headers);
        Assert.Equal(["run 0", "failed", "400"], table.Rows[0]);
    }

    [Theory]
    [InlineData("state cost", "cost state", "parameter.state cost state result.cost result.state error")]
    [InlineData("error", "error.difference", "parameter.error state error.difference error")]
    [InlineData("", "run state", "run state result.run result.state error")]
    [InlineData("result.state", "state", "result.state state result.result.state error")]
    public void No_two_headers_are_alike(string parameters, string results, string headers)
    {
        var columns = new Columns(Words(parameters), Words(results));
        var failed = Given.Run(
            0,
            $"{{{string.Join(',', columns.Parameters.Select(name => $"\"{name}\":1"))}}}",
            results: null,
            error: "no"
        );

        Assert.Equal(Words(headers), ReportTable.Of(columns, [failed], mostRows: 10).Headers);
    }

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
