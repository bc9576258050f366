using AimmsOrchestrator.Cli.Terminal.Tables;
using Spectre.Console.Testing;

namespace AimmsOrchestrator.Tests.Cli.Terminal;

/// <summary>Tables on terminals of any width.</summary>
public sealed class FittedTableTests
{
    [Fact]
    public void Columns_of_little_worth_give_way_and_are_named()
    {
        var console = Written(width: 30);

        Assert.Contains(
            console.Lines,
            line => line.Contains("name") && line.Contains("cost") && !line.Contains("date")
        );
        Assert.Contains("and in a wider terminal: date", console.Output);
        Assert.Contains("1234567.89", console.Output);
    }

    [Fact]
    public void All_columns_are_shown_where_they_fit()
    {
        var console = Written(width: 80);

        Assert.Contains(console.Lines, line => line.Contains("name") && line.Contains("cost") && line.Contains("date"));
        Assert.DoesNotContain("wider terminal", console.Output);
    }

    [Fact]
    public void Prose_takes_what_is_left_and_breaks_between_words()
    {
        var console = new TestConsole().Width(40);
        var table = new FittedTable([new("name", 2), new("error", 1) { IsProse = true }]);
        table.Add("first", "the model did not say why it was infeasible");
        table.Write(console);

        Assert.All(console.Lines, line => Assert.True(line.Length <= 40));
        Assert.Contains(
            console.Lines,
            line => line.TrimEnd().EndsWith("the model did not say why it", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void A_word_that_is_wider_than_the_terminal_ends_in_an_ellipsis()
    {
        var console = new TestConsole().Width(20);
        var table = new FittedTable([new("name", 1)]);
        table.Add("a-name-that-is-longer-than-the-terminal");
        table.Write(console);

        Assert.Contains(console.Lines, line => line.Contains("a-name-that-is-…"));
    }

    private static TestConsole Written(int width)
    {
        var console = new TestConsole().Width(width);
        var table = new FittedTable([new("name", 3), new("date", 1), new("cost", 2) { IsNumeric = true }]);
        table.Add("transport", "2026-11-27 15:00", "1234567.89");
        table.Write(console);
        return console;
    }
}
