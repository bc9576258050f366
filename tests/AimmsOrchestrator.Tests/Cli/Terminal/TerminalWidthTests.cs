using System.Text.RegularExpressions;
using AimmsOrchestrator.Cli.Commands;
using AimmsOrchestrator.Cli.Commands.Authoring;
using AimmsOrchestrator.Cli.Terminal;
using AimmsOrchestrator.Scenarios.Language.Pages;
using AimmsOrchestrator.Tests.Batches;

namespace AimmsOrchestrator.Tests.Cli.Terminal;

/// <summary>Every command on terminals that are narrow, usual and wide.</summary>
public sealed partial class TerminalWidthTests : IDisposable
{
    /// <summary>What a narrow terminal shows and a wide one does not.</summary>
    private const string Added = "and in a wider terminal: before after";

    private readonly TestRoom _room = new();

    [Theory]
    [InlineData("list")]
    [InlineData("status")]
    [InlineData("status --watch")]
    [InlineData("report")]
    [InlineData("report --format excel")]
    [InlineData("report --output results.pdf")]
    [InlineData("diff short-1 short-2")]
    [InlineData("diff short-1 short-2 --all")]
    [InlineData("expect")]
    [InlineData("plan FILE")]
    [InlineData("plan FILE --set n=[1,2,3,4,5,6,7,8]")]
    [InlineData("run FILE")]
    [InlineData("resume")]
    [InlineData("retry")]
    [InlineData("cancel")]
    [InlineData("report short-1 short-2")]
    [InlineData("report short-1 short-2 --output pages")]
    [InlineData("set short-1 limits.concurrency=3")]
    [InlineData("set short-1 limits.concurency=3")]
    [InlineData("pause short-1")]
    [InlineData("logs short-1 0")]
    [InlineData("logs short-1 7")]
    [InlineData("rm short-1 short-2")]
    [InlineData("rm short-9")]
    [InlineData("prune --keep 1")]
    [InlineData("prune --older-than 30d")]
    [InlineData("services")]
    [InlineData("services acme")]
    [InlineData("init no-such-folder/scenario.yaml --request no-such-request.json --yes")]
    [InlineData("explain")]
    [InlineData("explain retry")]
    [InlineData("explain file")]
    [InlineData("explain sweap.sample")]
    [InlineData("completion tcsh")]
    [InlineData("response short-1 99")]
    [InlineData("emulator --paralel 3")]
    [InlineData("schema --frmat")]
    public async Task No_line_is_wider_and_no_word_or_number_is_broken(string command)
    {
        await _room.ExecuteAsync(r => r.OpenAsync(_room.Scenario("0.123456789, 1234567.5"), TestRoom.Run));
        var last = _room.Scenario(
            "0.123456789, 7654321.5",
            more: "success: n < 1000\nexpect: [{ that: objective < 0 }]"
        );
        await _room.ExecuteAsync(r => r.OpenAsync(last, TestRoom.Run));
        var whole = await WordsAsync(command, 1000);
        foreach (var width in new[] { 60, 80, 120 })
        {
            var lines = await LinesAsync(command, width);

            Assert.All(lines, line => Assert.True(line.Length <= width || !line.Trim().Contains(' '), line));
            Assert.Empty(lines.SelectMany(Words).Except([.. whole, .. Words(Added)]));
        }
    }

    [Fact]
    public void Every_page_of_the_reference_fits_a_narrow_terminal()
    {
        foreach (var page in KeyReference.All)
        {
            foreach (var line in page.Example?.Split('\n') ?? [])
            {
                Assert.All(WrappedYaml.Of($"    {line}", 60), part => Assert.True(part.Length <= 60, part));
            }
        }
    }

    public void Dispose() => _room.Dispose();

    private async Task<IReadOnlyList<string>> WordsAsync(string command, int width) =>
        [.. (await LinesAsync(command, width)).SelectMany(Words)];

    private async Task<IReadOnlyList<string>> LinesAsync(string command, int width)
    {
        var (output, errors) = (new TestTerminal(width), new TestTerminal(width));
        var words = command.Replace("FILE", _room.ScenarioFile, StringComparison.Ordinal).Split(' ');
        var workspace = words[0] is "emulator" or "schema" or "services" or "init" or "explain" or "completion"
            ? []
            : new[] { "--workspace", _room.Workspace.Folder };
        await CommandRunner.RunAsync([.. words, .. workspace], new Screen(output, errors));
        return [.. output.Lines, .. errors.Lines];
    }

    /// <summary>Without the lines of tables, commas of lists, and the numbers that count batches.</summary>
    private static IEnumerable<string> Words(string line) =>
        line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Where(word => !word.All(c => c is '─'))
            .Select(word => BatchNumber().Replace(word.TrimEnd(','), "short-N"));

    [GeneratedRegex(@"short-\d+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BatchNumber();
}
