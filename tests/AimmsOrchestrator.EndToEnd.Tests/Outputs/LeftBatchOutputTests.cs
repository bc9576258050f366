using AimmsOrchestrator.EndToEnd.Tests;
using AimmsOrchestrator.EndToEnd.Tests.Testing;

namespace AimmsOrchestrator.EndToEnd.Tests.Outputs;

/// <summary>What scripts read of batches that were left before their end, to the byte.</summary>
public sealed class LeftBatchOutputTests(LeftBatches batches) : IClassFixture<LeftBatches>
{
    [Theory]
    [InlineData("run-stopped-1.json")]
    [InlineData("junit-stopped-1.xml")]
    [InlineData("news-stopped-1.json")]
    [InlineData("status-stopped-1.json")]
    [InlineData("report-stopped-1.jsonl")]
    [InlineData("resume-stopped-1.json")]
    [InlineData("news-resume-stopped-1.json")]
    [InlineData("run-refused-1.json")]
    [InlineData("news-refused-1.json")]
    [InlineData("run-lost-1.json")]
    [InlineData("report-lost-1.jsonl")]
    [InlineData("status-running.json")]
    [InlineData("run-interrupted.json")]
    [InlineData("status-interrupted.json")]
    [InlineData("status-left.json")]
    public Task What_was_written_then_is_what_is_on_file(string golden) =>
        GoldenFile.MatchesAsync(golden, Scrubber.Scrubbed(batches.Moment(golden), hasPort: golden.Contains("lost")));

    [Theory]
    [InlineData("list-left.json", 0, "list --json")]
    [InlineData("status-cancelled.json", 0, "status sleepers --json")]
    [InlineData("report-cancelled.jsonl", 0, "report sleepers --format jsonl")]
    [InlineData("resume-cancelled.json", 3, "resume sleepers --json")]
    public async Task An_answer_is_the_one_on_file(string golden, int exitCode, string command)
    {
        var (code, output) = await batches.AskAsync(command);

        Assert.Equal(exitCode, code);
        await GoldenFile.MatchesAsync(golden, Scrubber.Scrubbed(output, hasPort: true));
    }
}
