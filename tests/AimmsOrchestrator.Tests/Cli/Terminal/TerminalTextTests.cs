using System.Text;
using AimmsOrchestrator.Cli.Terminal;
using AimmsOrchestrator.Cli.Terminal.Tables;
using AimmsOrchestrator.Reports.Tables;
using AimmsOrchestrator.Tests.Reports;
using Spectre.Console.Testing;

namespace AimmsOrchestrator.Tests.Cli.Terminal;

/// <summary>Text of others on its way to a terminal.</summary>
public sealed class TerminalTextTests
{
    [Theory]
    [InlineData("a\r\nb\r\n", "a\nb\n")]
    [InlineData("a\rb", "a\uFFFDb")]
    [InlineData("a\r\r\n\u001b[2J\tb\r", "a\uFFFD\n\uFFFD[2J\tb\uFFFD")]
    public void A_line_end_of_Windows_is_one_and_other_control_characters_are_marked(string text, string shown)
    {
        foreach (var size in new[] { 1, 1024 })
        {
            using var terminal = new StringWriter();
            using (var harmless = new HarmlessText(terminal))
            {
                foreach (var piece in Encoding.UTF8.GetBytes(text).Chunk(size))
                {
                    harmless.Write(piece);
                }
            }

            Assert.Equal(shown, terminal.ToString());
        }
    }

    [Fact]
    public void Names_of_columns_that_do_not_fit_are_harmless_and_on_one_line()
    {
        string[] results = [.. Enumerable.Range(0, 60).Select(i => $"result\u001b[2J{i}")];
        var console = new TestConsole().Width(40);

        ResultsView.Write(
            console,
            ReportTable.Of(Columns.Of(Given.Batch(["x"], results), () => []), [Given.Run(0, "{}", "{}")], 10)
        );

        Assert.DoesNotContain('\u001b', console.Output);
        Assert.Contains("result·[2J59", Assert.Single(console.Lines, line => line.Contains("and in a wider")));
    }

    [Fact]
    public void Rows_that_are_left_out_can_be_had_elsewhere()
    {
        var console = new TestConsole().Width(80);
        var runs = Enumerable.Range(0, 3).Select(i => Given.Run(i, "{}", "{}"));

        ResultsView.Write(console, ReportTable.Of(Columns.Of(Given.Batch(["x"], ["y"]), () => runs), runs, 2));

        Assert.Contains("and 1 more runs: `aimms-batch report --format csv` has them all", console.Output);
    }
}
