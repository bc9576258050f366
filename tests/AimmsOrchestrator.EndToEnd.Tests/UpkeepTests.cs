using System.Text.Json;
using AimmsOrchestrator.EndToEnd.Tests.Testing;

namespace AimmsOrchestrator.EndToEnd.Tests;

/// <summary><c>rm</c> and <c>prune</c>, as people and scripts use them.</summary>
public sealed class UpkeepTests : IDisposable
{
    private readonly ProgramFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Prune_frees_the_responses_of_old_batches_and_rm_removes_one_with_its_results()
    {
        await RunAsync(3);

        var pruned = await JsonAsync("prune", "--keep", "1", "--yes", "--json");
        Assert.Equal(["plain-1", "plain-2"], Batches(pruned).Order(StringComparer.Ordinal));
        Assert.True(pruned.GetProperty("responsesAlone").GetBoolean());
        Assert.Equal(4, pruned.GetProperty("responses").GetInt32());
        Assert.Equal(2, (await _folder.RunAsync("response", "plain-1", "0")).ExitCode);
        Assert.Equal(0, (await _folder.RunAsync("response", "plain-3", "0")).ExitCode);
        var report = await _folder.RunAsync("report", "plain-1", "--format", "csv");
        Assert.Equal(3, report.OutputLines.Length);

        var removed = await JsonAsync("rm", "plain-1", "--yes", "--json");
        Assert.Equal(["plain-1"], Batches(removed));
        Assert.False(removed.GetProperty("responsesAlone").GetBoolean());
        Assert.Equal(2, (await _folder.RunAsync("report", "plain-1")).ExitCode);

        var nothing = await JsonAsync("prune", "--keep", "5", "--json");
        Assert.Empty(Batches(nothing));
    }

    [Fact]
    public async Task Without_a_terminal_nothing_is_removed_unless_yes_is_said()
    {
        await RunAsync(1);

        var asked = await _folder.RunAsync("rm", "plain-1", "--json");

        Assert.Equal(2, asked.ExitCode);
        Assert.Equal("", asked.Output);
        Assert.Contains("plain-1: 2 runs, started", asked.Errors, StringComparison.Ordinal);
        Assert.Contains("--yes", asked.Errors, StringComparison.Ordinal);
        Assert.Contains("plain-1", (await _folder.RunAsync("list")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_batch_that_is_not_there_is_one_line()
    {
        await RunAsync(1);

        var result = await _folder.RunAsync("rm", "plane-1", "--yes");

        Assert.Equal(2, result.ExitCode);
        Assert.Single(result.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("plane-1", result.Errors, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Batches(JsonElement document) =>
        document.GetProperty("batches").EnumerateArray().Select(id => id.GetString()!);

    private async Task<JsonElement> JsonAsync(params string[] arguments)
    {
        var result = await _folder.RunAsync(arguments);
        Assert.True(result.ExitCode == 0, result.Errors);
        return JsonDocument.Parse(result.Output).RootElement;
    }

    private async Task RunAsync(int times)
    {
        _folder.Write(
            "plain.yaml",
            """
            name: plain
            service: { url: emulator, name: echo }
            sweep: { matrix: { n: [1, 2] } }
            request: { json: { n: "${{ n }}" } }
            results: { n: response.n }
            """
        );
        for (var i = 0; i < times; i++)
        {
            Assert.Equal(0, (await _folder.RunAsync("run", "plain.yaml", "--fresh")).ExitCode);
        }
    }
}
