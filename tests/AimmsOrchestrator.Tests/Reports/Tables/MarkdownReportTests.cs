using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Reports.Tables;

namespace AimmsOrchestrator.Tests.Reports.Tables;

/// <summary>A page of Markdown.</summary>
public sealed class MarkdownReportTests
{
    [Theory]
    [InlineData("# no heading", "\\# no heading")]
    [InlineData("- no list", "\\- no list")]
    [InlineData("1. no list", "1\\. no list")]
    [InlineData("> no quotation", "\\> no quotation")]
    [InlineData("a_b_c - d", "a\\_b\\_c - d")]
    public void Markdown_escapes_a_description(string description, string line)
    {
        using var writer = new StringWriter();
        new MarkdownReport { Title = "a", Description = description }.Write(writer, new Columns([], []), []);

        Assert.Contains($"\n{line}\n", writer.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Markdown_counts_the_runs_that_have_not_begun_too()
    {
        using var writer = new StringWriter();
        RunRecord[] runs =
        [
            Given.Pending(0, "{}") with
            {
                Phase = RunPhase.Completed,
            },
            Given.Pending(1, "{}"),
            Given.Pending(2, "{}"),
        ];
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
            Enumerable.Range(0, 1_003).Select(i => Given.Pending(i, """{"x":"a|b\\c\n<d>"}"""))
        );

        var page = writer.ToString();
        Assert.Contains(@"| a\|b\\c<br>&lt;d> | pending |", page, StringComparison.Ordinal);
        Assert.Contains("the first 1000 runs; 3 more", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Markdown_heads_no_two_columns_alike()
    {
        using var writer = new StringWriter();
        new MarkdownReport { Title = "a-1" }.Write(
            writer,
            new Columns(["state", "cost"], ["cost", "state"]),
            [Given.Run(0, """{"state":"CA","cost":1}""", """{"cost":5,"state":"CA"}""")]
        );

        Assert.Contains(
            "| parameter.state | cost | state | result.cost | result.state |",
            writer.ToString(),
            StringComparison.Ordinal
        );
    }
}
