using System.CommandLine;
using AimmsOrchestrator.Cli.Commands;
using AimmsOrchestrator.Cli.Commands.Authoring;
using AimmsOrchestrator.Cli.Commands.Execution;
using AimmsOrchestrator.Cli.Commands.Inspection;
using AimmsOrchestrator.Cli.Parsing;
using AimmsOrchestrator.Cli.Terminal;

namespace AimmsOrchestrator.Tests.Cli;

/// <summary>A wrong command line in this program's own words.</summary>
public sealed class ParseErrorsTests
{
    [Theory]
    [InlineData("diff a b --tolerance 1%", "--tolerance: \"1%\" is not a number")]
    [InlineData("diff a b --tolerance -1", "--tolerance: \"-1\" is not a number from 0 up")]
    [InlineData("run a.yaml --limit abc", "--limit: \"abc\" is not a whole number")]
    [InlineData("emulator --port abc", "--port: \"abc\" is not a whole number")]
    [InlineData("emulator --cold-start x", "--cold-start: \"x\" is not a number")]
    [InlineData("run a.yaml --frsh", "run takes no \"--frsh\"; did you mean \"--fresh\"?")]
    [InlineData(
        "diff a b --format json",
        "--format: \"json\" is none of table, csv, jsonl, html; did you mean \"jsonl\"?"
    )]
    [InlineData("plan a.yaml --format table", "--format: \"table\" is none of text, jsonl")]
    [InlineData(
        "report --format excel",
        "--format: \"excel\" is none of table, html, csv, jsonl, xlsx, parquet, md; did you mean \"xlsx\"?"
    )]
    [InlineData(
        "report --format markdown",
        "--format: \"markdown\" is none of table, html, csv, jsonl, xlsx, parquet, md; did you mean \"md\"?"
    )]
    [InlineData("rnu a.yaml --fresh", "there is no command \"rnu\"; did you mean \"run\"?")]
    public void What_is_wrong_is_one_line_without_a_word_of_the_parsers(string line, string message)
    {
        var services = new CommandServices(new Screen(TextWriter.Null, TextWriter.Null), TimeProvider.System);
        var root = new RootCommand
        {
            new RunBatchCommand(services),
            new DiffCommand(services),
            new PlanCommand(services),
            new ReportCommand(services),
            new EmulatorCommand(services),
        };

        Assert.Equal(message, Assert.Single(ParseErrors.Lines(root.Parse(line))));
    }
}
