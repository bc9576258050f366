using AimmsOrchestrator.EndToEnd.Tests.Testing;
using Microsoft.Data.Sqlite;

namespace AimmsOrchestrator.EndToEnd.Tests;

/// <summary>Closed streams, few files, a damaged workspace: never an abort, and one line about what cannot be worked with.</summary>
public sealed class HostileEnvironmentTests : IDisposable
{
    private readonly ProgramFolder _folder = new();

    public HostileEnvironmentTests() =>
        _folder.Write(
            "a.yaml",
            """
            name: a
            service: { url: emulator, name: echo }
            sweep: { matrix: { i: [1, 2] } }
            request: { json: { i: "${{ i }}" } }
            results: { r: response.i }
            """
        );

    [Theory]
    [InlineData(">&-")]
    [InlineData("2>&-")]
    [InlineData("<&-")]
    [InlineData("<&- >&- 2>&-")]
    public async Task A_batch_needs_none_of_the_standard_streams(string closed)
    {
        var result = await _folder.RunInShellAsync(closed, "run", "a.yaml");

        Assert.Equal(0, result.ExitCode);
        var states = await _folder.RunAsync("report", "--format", "jsonl");
        Assert.All(
            states.OutputLines,
            line => Assert.Contains("\"state\":\"completed\"", line, StringComparison.Ordinal)
        );
        Assert.Equal(2, states.OutputLines.Length);
    }

    [Theory]
    [InlineData(">&-", "standard output is closed")]
    [InlineData("> /dev/full", "No space left on device")]
    public async Task Output_that_goes_nowhere_is_an_error_of_one_line_for_every_command_that_prints(
        string to,
        string why
    )
    {
        await _folder.EndsAsync(0, "run", "a.yaml");
        string[] commands =
        [
            "report",
            "report --format csv",
            "report --format jsonl",
            "status",
            "status --json",
            "list",
            "list --json",
            "plan a.yaml",
            "plan a.yaml --format jsonl",
            "run a.yaml --json",
            "diff a-1 a-1",
            "response a-1 0",
            "schema",
            "--help",
            "plan --help",
            "--version",
        ];
        foreach (var command in commands)
        {
            var result = await _folder.RunInShellAsync(to, command.Split(' '));

            Assert.True(result.ExitCode == 2, $"{command}: {result.ExitCode} {result.Errors}");
            Assert.EndsWith($": {why}", result.Errors.Trim().Split('\n')[^1], StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(64)]
    [InlineData(128)]
    [InlineData(256)]
    public async Task Too_few_open_files_are_one_line_before_anything_is_sent(int most)
    {
        var result = await _folder.RunWithFilesAsync(most, "run", "a.yaml");

        Assert.Equal(2, result.ExitCode);
        var line =
            $"this process may have {most} files open at once and needs 512: raise the limit, as in `ulimit -n 1024`\n";
        Assert.Equal(line, result.Errors);
        Assert.False(Directory.Exists(_folder.File(".aimms-batch")));
    }

    [Theory]
    [InlineData("runs SET results = 'x' WHERE run = 1", "batch a-1, run 1, column results")]
    [InlineData("runs SET parameters = '{' WHERE run = 0", "batch a-1, run 0, column parameters")]
    public async Task A_broken_row_is_one_line_whatever_reads_it(string change, string place)
    {
        await _folder.EndsAsync(0, "run", "a.yaml");
        Change(change);

        string[][] commands =
        [
            ["report"],
            ["report", "--format", "csv"],
            ["report", "--format", "jsonl"],
            ["report", "--format", "xlsx", "--output", "a.xlsx"],
            ["report", "--format", "html", "--output", "a.html"],
            ["report", "--format", "md"],
            ["diff", "a-1", "a-1"],
        ];
        foreach (var command in commands)
        {
            var result = await _folder.RunAsync(command);
            Assert.True(result.ExitCode == 2, $"{string.Join(' ', command)}: {result.ExitCode} {result.Errors}");
            Assert.Contains(place, result.Errors, StringComparison.Ordinal);
            Assert.Single(result.Errors.Trim().Split('\n'));
        }
    }

    public void Dispose() => _folder.Dispose();

    private void Change(string row)
    {
        using var connection = new SqliteConnection(
            $"Data Source={_folder.File(".aimms-batch/batches.db")};Pooling=False"
        );
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"UPDATE {row}";
        Assert.Equal(1, command.ExecuteNonQuery());
    }
}
