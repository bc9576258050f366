using System.Text.RegularExpressions;
using AimmsOrchestrator.Cli.Commands;
using AimmsOrchestrator.Cli.Terminal;
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
    [InlineData("response short-1 99")]
    [InlineData("emulator --paralel 3")]
    [InlineData("schema --frmat")]
    public async Task No_line_is_wider_and_no_word_or_number_is_broken(string command)
    {
        await _room.ExecuteAsync(r => r.OpenAsync(_room.Scenario("0.123456789, 1234567.5"), TestRoom.Run));
        var last = _room.Scenario("0.123456789, 7654321.5", more: "expect: [{ that: objective < 0 }]");
        await _room.ExecuteAsync(r => r.OpenAsync(last, TestRoom.Run));
        var whole = await WordsAsync(command, 1000);
        foreach (var width in new[] { 60, 80, 120 })
        {
            var lines = await LinesAsync(command, width);

            Assert.All(lines, line => Assert.True(line.Length <= width || !line.Trim().Contains(' '), line));
            Assert.Empty(lines.SelectMany(Words).Except([.. whole, .. Words(Added)]));
        }
    }

    public void Dispose() => _room.Dispose();

    private async Task<IReadOnlyList<string>> WordsAsync(string command, int width) =>
        [.. (await LinesAsync(command, width)).SelectMany(Words)];

    private async Task<IReadOnlyList<string>> LinesAsync(string command, int width)
    {
        var (output, errors) = (new TestTerminal(width), new TestTerminal(width));
        var words = command.Replace("FILE", _room.ScenarioFile, StringComparison.Ordinal).Split(' ');
        var workspace = words[0] is "emulator" or "schema" ? [] : new[] { "--workspace", _room.Workspace.Folder };
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
