using System.Text.Json;
using AimmsOrchestrator.EndToEnd.Tests.Testing;

namespace AimmsOrchestrator.EndToEnd.Tests;

/// <summary>What a person sees who edits a scenario and runs it again.</summary>
public sealed class ReuseTests : IDisposable
{
    private const string Stars = """
        name: stars
        service: { url: emulator, name: countStarsJson }
        sweep: { matrix: { line: ["**", "***", "****"], twice: [1, 2] } }
        request: { json: { lines: ["${{ line }}"] } }
        results: { count: response.count }
        poll: { every: 20ms }
        """;

    private readonly ProgramFolder _folder = new();

    [Fact]
    public async Task An_edited_scenario_asks_only_what_was_not_asked_before_and_plan_says_so()
    {
        _folder.Write("stars.yaml", Stars);
        var first = await _folder.RunAsync("run", "stars.yaml");
        Assert.Contains("warning: no request uses twice", first.Errors, StringComparison.Ordinal);
        Assert.Equal([1, 0, 1, 0, 1, 0], await AttemptsAsync("stars-1"));

        _folder.Write("stars.yaml", Stars.Replace("\"****\"", "\"*****\"").Replace("[1, 2]", "[1]"));
        var plan = await _folder.RunAsync("plan", "stars.yaml");
        Assert.Contains("2 done before, 1 to do\nsince stars-1: 1 new\n", plan.Output, StringComparison.Ordinal);
        Assert.Contains("1 run should take ", plan.Output, StringComparison.Ordinal);

        var second = await _folder.RunAsync("run", "stars.yaml");
        Assert.Contains("stars-2: 3 runs: 2 done before, 1 to do", second.Errors, StringComparison.Ordinal);
        Assert.Equal([0, 0, 1], await AttemptsAsync("stars-2"));
        Assert.Equal([2, 3, 5], (await ReportAsync("stars-2")).Select(r => Count(r)));

        var fresh = await _folder.RunAsync("run", "stars.yaml", "--fresh");
        Assert.Equal(0, fresh.ExitCode);
        Assert.Equal([1, 1, 1], await AttemptsAsync("stars-3"));
    }

    [Fact]
    public async Task Without_responses_stored_results_are_re_used_and_other_results_are_asked_for()
    {
        _folder.Write("stars.yaml", Stars + "\nresponses: none");
        await _folder.EndsAsync(0, "run", "stars.yaml");
        Assert.Equal([1, 0, 1, 0, 1, 0], await AttemptsAsync("stars-1"));

        var response = await _folder.RunAsync("response", "stars", "0");
        Assert.Equal(2, response.ExitCode);
        Assert.Contains("keeps no responses (responses: none)", response.Errors, StringComparison.Ordinal);

        var again = await _folder.RunAsync("run", "stars.yaml");
        Assert.Contains("stars-2: 6 runs: 6 done before, 0 to do", again.Errors, StringComparison.Ordinal);
        Assert.Equal([2, 2, 3, 3, 4, 4], (await ReportAsync("stars-2")).Select(r => Count(r)));

        _folder.Write("stars.yaml", Stars.Replace("response.count }", "2 * response.count }"));
        var plan = await _folder.RunAsync("plan", "stars.yaml");
        Assert.Contains("0 done before, 6 to do", plan.Output, StringComparison.Ordinal);
        Assert.Contains("with other results, whose response was not kept", plan.Output, StringComparison.Ordinal);
        await _folder.EndsAsync(0, "run", "stars.yaml");
        Assert.Equal([4, 4, 6, 6, 8, 8], (await ReportAsync("stars-3")).Select(r => Count(r)));
    }

    [Fact]
    public async Task Plan_tells_why_a_run_counts_as_changed()
    {
        _folder.Write("stars.yaml", Stars);
        await _folder.EndsAsync(0, "run", "stars.yaml");

        _folder.Write("stars.yaml", Stars.Replace("\"${{ line }}\"]", "\"${{ line }}\", \"*\"]"));
        var plan = await _folder.RunAsync("plan", "stars.yaml");

        Assert.Contains(
            "0 done before, 6 to do (3 of them ask what another one asks)",
            plan.Output,
            StringComparison.Ordinal
        );
        Assert.Contains("since stars-1: 3 changed", plan.Output, StringComparison.Ordinal);
        Assert.Contains(
            "changed: the request at /lines/1 (run 0, line=** twice=1: nothing, now \"*\")",
            plan.Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Runs_that_are_no_success_are_not_asked_again_and_retry_says_so()
    {
        _folder.Write("stars.yaml", Stars + "\nsuccess: response.count > 2");
        var first = await _folder.RunAsync("run", "stars.yaml");
        Assert.Equal(1, first.ExitCode);
        Assert.Contains("failed: 2 not-success\n", first.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("aimms-batch retry", first.Errors, StringComparison.Ordinal);

        var second = await _folder.RunAsync("run", "stars.yaml");
        Assert.Contains("stars-2: 6 runs: 6 done before, 0 to do", second.Errors, StringComparison.Ordinal);
        Assert.Equal([0, 0, 0, 0, 0, 0], await AttemptsAsync("stars-2"));
        Assert.Equal(
            ["stars-1#0", "stars-1#0"],
            (await ReportAsync("stars-2")).Take(2).Select(r => r.GetProperty("reusedFrom").GetString())
        );

        var retry = await _folder.RunAsync("retry");
        Assert.Equal(1, retry.ExitCode);
        Assert.Contains(
            "nothing to run again; 2 runs completed and are not-success",
            retry.Errors,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("aimms-batch retry", (await _folder.RunAsync("status")).Output, StringComparison.Ordinal);

        var again = await _folder.RunAsync("retry", "--not-success");
        Assert.Contains("asks 2 runs again", again.Errors, StringComparison.Ordinal);
        Assert.Equal([1, 0, 0, 0, 0, 0], await AttemptsAsync("stars-2"));
    }

    [Fact]
    public async Task An_incumbent_keeps_its_mark_in_every_format_and_is_asked_again_with_more_time()
    {
        const string sleep = """
            name: cut
            service: { url: emulator, name: sleep }
            request: { json: { label: 1, seconds: 3600 } }
            results: { n: response.label }
            poll: { every: 20ms }
            timeouts: { solve: LIMIT }
            """;
        _folder.Write("cut.yaml", sleep.Replace("LIMIT", "200ms"));
        await _folder.EndsAsync(0, "run", "cut.yaml");

        // Another scenario with the same question, and no more time for it.
        _folder.Write("copy.yaml", sleep.Replace("LIMIT", "100ms").Replace("name: cut", "name: copy"));
        var copy = await _folder.RunAsync("run", "copy.yaml");
        Assert.Contains("1 done before, 0 to do", copy.Errors, StringComparison.Ordinal);
        Assert.Contains("1 of the results are incumbents", copy.Errors, StringComparison.Ordinal);
        Assert.Contains("completed (incumbent)", copy.Output, StringComparison.Ordinal);
        foreach (var format in new[] { "html", "md" })
        {
            await _folder.EndsAsync(0, "report", "copy", "--output", $"copy.{format}");
            var page = await File.ReadAllTextAsync(_folder.File($"copy.{format}"));
            Assert.Contains("completed (incumbent)", page, StringComparison.Ordinal);
        }

        var line = Assert.Single((await ReportAsync("copy-1")));
        Assert.True(line.GetProperty("incumbent").GetBoolean());
        Assert.Equal("cut-1#0", line.GetProperty("reusedFrom").GetString());
        Assert.Contains(
            ",true,cut-1#0,",
            (await _folder.RunAsync("report", "copy", "--format", "csv")).Output,
            StringComparison.Ordinal
        );

        _folder.Write("cut.yaml", sleep.Replace("LIMIT", "300ms"));
        var plan = await _folder.RunAsync("plan", "cut.yaml");
        Assert.Contains(
            "0 done before, 1 to do\n1 of these is an incumbent of a 0.2 s limit: asked again\n",
            plan.Output,
            StringComparison.Ordinal
        );
        var lines = await _folder.RunAsync("plan", "cut.yaml", "--format", "jsonl");
        var refused = JsonDocument.Parse(lines.Output).RootElement.GetProperty("incumbent");
        Assert.Equal(0.2, refused.GetProperty("cutAfter").GetDouble());
        var longer = await _folder.RunAsync("run", "cut.yaml");
        Assert.Contains(
            "1 of these is an incumbent of a 0.2 s limit: asked again",
            longer.Errors,
            StringComparison.Ordinal
        );
        Assert.Equal([1], await AttemptsAsync("cut-2"));
    }

    public void Dispose() => _folder.Dispose();

    private static int Count(JsonElement run) => run.GetProperty("results").GetProperty("count").GetInt32();

    private async Task<IReadOnlyList<int>> AttemptsAsync(string batch) =>
        [.. (await ReportAsync(batch)).Select(run => run.GetProperty("attempts").GetInt32())];

    private async Task<IReadOnlyList<JsonElement>> ReportAsync(string batch) =>
        [
            .. (await _folder.RunAsync("report", batch, "--format", "jsonl")).OutputLines.Select(line =>
                JsonDocument.Parse(line).RootElement
            ),
        ];
}
