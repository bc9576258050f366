using AimmsOrchestrator.EndToEnd.Tests;
using AimmsOrchestrator.EndToEnd.Tests.Testing;

namespace AimmsOrchestrator.EndToEnd.Tests.Outputs;

/// <summary>What scripts read of batches that came to their end, to the byte.</summary>
public sealed class FinishedBatchOutputTests(FinishedBatches batches) : IClassFixture<FinishedBatches>
{
    [Theory]
    [InlineData("run-rich-1.json")]
    [InlineData("retry-rich-1.json")]
    [InlineData("run-rich-2.json")]
    [InlineData("run-broken-1.json")]
    [InlineData("run-plain-1.json")]
    [InlineData("run-transport-whatif-1.json")]
    public Task A_summary_is_the_one_on_file(string golden) => MatchesAsync(golden, batches.Moment(golden));

    [Theory]
    [InlineData("junit-rich-1.xml")]
    [InlineData("news-rich-1.json")]
    [InlineData("news-rich-1.txt")]
    public Task A_file_or_a_message_of_a_run_is_the_one_on_file(string golden) =>
        MatchesAsync(golden, batches.Moment(golden));

    [Theory]
    [InlineData("list-finished.json", 0, "list --json")]
    [InlineData("status-rich-1.json", 0, "status rich-1 --json")]
    [InlineData("status-broken-1.json", 0, "status broken --json")]
    [InlineData("report-rich-1.jsonl", 0, "report rich-1 --format jsonl")]
    [InlineData("report-rich-1.csv", 0, "report rich-1 --format csv")]
    [InlineData("report-rich-1.md", 0, "report rich-1 --format md")]
    [InlineData("report-rich-2.jsonl", 0, "report rich-2 --format jsonl")]
    [InlineData("report-broken-1.jsonl", 0, "report broken --format jsonl")]
    [InlineData("report-plain-1.jsonl", 0, "report plain --format jsonl")]
    [InlineData("report-plain-1.csv", 0, "report plain --format csv")]
    [InlineData("report-transport-whatif-1.jsonl", 0, "report transport-whatif --format jsonl")]
    [InlineData("diff-rich.jsonl", 1, "diff rich-1 rich-2 --format jsonl")]
    [InlineData("diff-rich.csv", 1, "diff rich-1 rich-2 --format csv")]
    [InlineData("diff-same.jsonl", 0, "diff rich-1 rich-1 --format jsonl")]
    [InlineData("response-rich-1.json", 0, "response rich-1 4")]
    [InlineData("response-plain-1.txt", 0, "response plain 0")]
    public async Task An_answer_is_the_one_on_file(string golden, int exitCode, string command)
    {
        var (code, output) = await batches.AskAsync(command);

        Assert.Equal(exitCode, code);
        await MatchesAsync(golden, output);
    }

    [Fact]
    public void A_post_and_a_command_get_the_same_JSON()
    {
        var (type, body) = batches.Posts[0];

        Assert.Equal("application/json", type);
        Assert.Equal(batches.Moment("news-rich-1.json"), body);
    }

    [Fact]
    public void A_retry_and_a_batch_without_rules_write_JUnit_too()
    {
        Assert.Equal(batches.Moment("junit-rich-1.xml"), batches.Read("junit-retry.xml"));
        Assert.Contains("tests=\"0\"", batches.Read("junit-broken.xml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Expect_writes_the_same_JUnit_as_a_run()
    {
        Assert.Equal(1, (await batches.AskAsync("expect rich-1 --junit junit-expect.xml")).ExitCode);
        Assert.Equal(batches.Moment("junit-rich-1.xml"), batches.Read("junit-expect.xml"));
    }

    [Fact]
    public async Task Exported_responses_are_those_that_are_printed_one_by_one()
    {
        Assert.Equal(0, (await batches.AskAsync("response rich-1 --export responses")).ExitCode);
        var files = Directory
            .EnumerateFiles(batches.Folder.File("responses"))
            .Order(StringComparer.Ordinal)
            .Select(file => $"{Path.GetFileName(file)}: {batches.Read(file)}\n");
        await MatchesAsync("responses-rich-1.txt", string.Concat(files));
    }

    private static Task MatchesAsync(string golden, string text) =>
        GoldenFile.MatchesAsync(golden, Scrubber.Scrubbed(text));
}
