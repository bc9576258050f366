using System.Text.RegularExpressions;
using AimmsOrchestrator.Batches.Status;
using AimmsOrchestrator.Batches.Views;
using AimmsOrchestrator.Cli.Commands;
using AimmsOrchestrator.Cli.Commands.Authoring;
using AimmsOrchestrator.Cli.Running;
using AimmsOrchestrator.Cli.Terminal;
using AimmsOrchestrator.Domain.Runs;
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
    [InlineData("token list")]
    [InlineData("token create alice --role reader")]
    [InlineData("continue short-9")]
    [InlineData("status short-9")]
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

    [Theory]
    [InlineData("plan FILE --format jsonl")]
    [InlineData("plan FILE --format jsonl --requests")]
    [InlineData("report short-1 --format jsonl")]
    [InlineData("report short-1 --format csv")]
    [InlineData("report short-1 short-2 --format csv")]
    [InlineData("diff short-1 short-2 --format jsonl")]
    [InlineData("status short-1 --json")]
    [InlineData("response short-1 0")]
    [InlineData("schema")]
    [InlineData("explain sweep --example")]
    public async Task Data_stays_as_it_is_whatever_the_width(string command)
    {
        foreach (var number in new[] { "0.123456789", "7654321.5" })
        {
            await _room.ExecuteAsync(r => r.OpenAsync(_room.Scenario($"{number}, 1234567.5"), TestRoom.Run));
        }

        var wide = await LinesAsync(command, 1000);
        Assert.NotEmpty(wide);
        foreach (var width in new[] { 60, 80, 120 })
        {
            Assert.Equal(wide, await LinesAsync(command, width));
        }
    }

    [Fact]
    public async Task How_far_solvers_are_is_whole_or_named_as_left_out()
    {
        const string Solve = "1234567.25, bound 1200000.5, gap 2.73 %";
        var (batch, _) = await _room.ExecuteAsync(r => r.OpenAsync(_room.Scenario(), TestRoom.Run));
        using var reader = _room.Workspace.OpenReader();
        var status = StatusContents.Of(
            BatchStatus.Of(reader.Find(batch.Id.Value)!, reader, _room.Workspace),
            reader,
            DateTimeOffset.UnixEpoch,
            forPeople: true
        ) with
        {
            HasSolves = true,
            Waits =
            [
                new WaitContents(
                    "n=0.123456789",
                    RunState.Solving,
                    TimeSpan.FromSeconds(75),
                    Solve,
                    "task 7b1f0c52 to end"
                ),
                new WaitContents("n=1234567.5", RunState.Queued, TimeSpan.FromSeconds(5), null, "task 7b1f0c53 to end"),
            ],
        };

        foreach (var width in new[] { 60, 80, 120 })
        {
            var (output, errors) = (new TestTerminal(width), new TestTerminal(width));
            new StatusView(status).Write(new Screen(output, errors).Data);

            Assert.All(output.Lines, line => Assert.True(line.Length <= width, line));
            Assert.Contains(output.Lines, line => line.Contains("n=0.123456789", StringComparison.Ordinal));
            Assert.Contains(
                output.Lines,
                line =>
                    line.Contains(Solve, StringComparison.Ordinal)
                    || (width < 120 && line.Contains("in a wider terminal: solver", StringComparison.Ordinal))
            );
        }
    }

    [Fact]
    public async Task Of_several_batches_what_tells_their_runs_apart_is_shown_before_a_state_that_all_share()
    {
        await _room.ExecuteAsync(r => r.OpenAsync(_room.Scenario("0.123456789, 1234567.5"), TestRoom.Run));
        await _room.ExecuteAsync(r => r.OpenAsync(_room.Scenario("0.123456789, 7654321.5"), TestRoom.Run));

        var lines = await LinesAsync("report short-1 short-2", 42);

        Assert.Contains(
            lines,
            line => Regex.IsMatch(line, @"^\s*batch\s+n\s+objective\s*$", RegexOptions.None, TimeSpan.FromMinutes(1))
        );
        Assert.Contains("and in a wider terminal: state", lines);
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

    [GeneratedRegex(@"short-\d+", RegexOptions.None, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex BatchNumber();
}
