using AimmsOrchestrator.EndToEnd.Tests.Testing;

namespace AimmsOrchestrator.EndToEnd.Tests.Answers;

/// <summary>A model may write what it likes: no report breaks, and nothing of it reaches the terminal but as text.</summary>
public sealed class HostileAnswerTests : IDisposable
{
    private const string Escape = "\u001b]0;owned\u0007";

    private readonly ProgramFolder _folder = new();

    public static TheoryData<string, string> Answers { get; } =
        new()
        {
            { "answer.txt", $"<script>alert(1)</script>{Escape}\r\n=cmd|calc" },
            { "answer.txt", """{"half":"\ud83d","\ud800":1,"script":"</script><script>alert(1)</script>"}""" },
            { "answer.txt", $$"""{"deep":{{new string('[', 3000)}}{{new string(']', 3000)}},"formula":"=1+1"}""" },
            { "answer.txt", $$"""{"long":"{{new string('x', 300_000)}}","least":-1.7976931348623157e308}""" },
            { "answer.txt", """{"a":1,"a":2,"":3,"state":"mine","index":9}""" },
        };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Whatever_a_model_answers_every_report_is_written(string file, string answer)
    {
        _folder.Write(file, answer);
        _folder.Write(
            "hostile.yaml",
            $$"""
            name: hostile
            service: { url: emulator, name: echo }
            request: { file: {{file}} }
            poll: { every: 20ms }
            """
        );
        var run = await _folder.RunAsync("run", "hostile.yaml");
        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.DoesNotContain('\u001b', run.Output);

        foreach (var format in new[] { "html", "csv", "jsonl", "xlsx", "parquet", "md" })
        {
            var report = await _folder.RunAsync("report", "--output", $"hostile.{format}");
            Assert.True(report.ExitCode == 0, $"{format}: {report.Errors}");
        }

        var page = await File.ReadAllTextAsync(_folder.File("hostile.html"));
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        var response = await _folder.RunAsync("response", "hostile", "0");
        Assert.Equal(answer, response.Output);
    }

    public void Dispose() => _folder.Dispose();
}
