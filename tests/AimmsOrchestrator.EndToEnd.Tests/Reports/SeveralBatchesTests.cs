using AimmsOrchestrator.EndToEnd.Tests.Testing;

namespace AimmsOrchestrator.EndToEnd.Tests.Reports;

/// <summary>Several batches in one report.</summary>
public sealed class SeveralBatchesTests : IDisposable
{
    private readonly ProgramFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Two_batches_stand_side_by_side_and_the_first_sentence_says_how_they_differ()
    {
        // y = 10 x, then 10 x + 1 for x = 2 to 4: x = 1 is gone, x = 4 is new, and 20 → 21 is the largest change, 5 %.
        await RunAsync("[1, 2, 3]", "10 * x");
        await RunAsync("[2, 3, 4]", "10 * x + 1");

        var page = await _folder.RunAsync("diff", "lines-1", "lines-2", "--output", "both.html");
        var text = await _folder.RunAsync("report", "lines-1", "lines-2", "--format", "md");
        var rows = await _folder.RunAsync("report", "lines-2", "lines-1", "--format", "csv");

        const string Sentence =
            "lines-2 against lines-1: 2 of 2 runs differ; y in 2 runs, by up to 5 % (x=2); 1 run is new; 1 run is gone.";
        Assert.Equal((1, 0, 0), (page.ExitCode, text.ExitCode, rows.ExitCode));
        Assert.Contains(Sentence, await File.ReadAllTextAsync(_folder.File("both.html")), StringComparison.Ordinal);
        Assert.Equal($"- {Sentence}", text.OutputLines.First(line => line.StartsWith('-')));
        Assert.StartsWith("index,name,batch,x,state,y", rows.OutputLines[0], StringComparison.Ordinal);
        Assert.Equal(
            ["lines-2,2", "lines-2,3", "lines-2,4", "lines-1,1", "lines-1,2", "lines-1,3"],
            rows.OutputLines.Skip(1).Select(line => string.Join(',', line.Split(',')[2..4]))
        );
    }

    [Fact]
    public async Task A_batch_that_is_named_twice_or_unknown_and_a_page_of_one_result_are_one_line()
    {
        await RunAsync("[1, 2]", "x");

        var twice = await _folder.RunAsync("report", "lines-1", "lines");
        var unknown = await _folder.RunAsync("report", "lines-1", "lines-7");
        var one = await _folder.RunAsync("diff", "lines-1", "lines-1", "--result", "y", "-o", "a.html");
        var other = await _folder.RunAsync("diff", "lines-1", "lines-1", "-o", "a.pdf");

        Assert.All([twice, unknown, one, other], result => Assert.Equal(2, result.ExitCode));
        Assert.Contains("lines-1 is named twice", twice.Errors, StringComparison.Ordinal);
        Assert.Contains("\"lines-7\"", unknown.Errors, StringComparison.Ordinal);
        Assert.Contains("--result: a page shows every result", one.Errors, StringComparison.Ordinal);
        Assert.Contains("ends in .csv, .jsonl or .html", other.Errors, StringComparison.Ordinal);
    }

    private async Task RunAsync(string values, string result)
    {
        _folder.Write(
            "lines.yaml",
            $$$"""
            name: lines
            service: { url: emulator, name: echo }
            sweep: { matrix: { x: {{{values}}} } }
            request: { json: { x: "${{ x }}" } }
            results: { y: "{{{result}}}" }
            """
        );
        Assert.Equal(0, (await _folder.RunAsync("run", "lines.yaml")).ExitCode);
    }
}
