using System.Text;
using System.Text.Json;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Tests.Domain.Results;

/// <summary>What the engine relies on where results are extracted.</summary>
/// <param name="results">The reader.</param>
/// <param name="run">A run of its batch.</param>
public abstract class ResultReaderSuite(IResultReader results, PlannedRun run)
{
    private static readonly TaskSnapshot Completed = new(new TaskId("7"), TaskState.Completed) { ReturnCode = 1 };

    public static TheoryData<string?> Responses =>
        [
            null,
            "",
            "{",
            "7",
            "null",
            "[1]",
            """{"label":7}""",
            """{"other":{}}""",
            "<html>502</html>",
            "\uFEFF{}",
            "{}{}",
        ];

    [Theory]
    [MemberData(nameof(Responses))]
    public void Whatever_a_model_wrote_gives_an_object_of_results_and_says_in_one_line_what_is_missing(string? text)
    {
        var read = results.Read(run, Completed, Response(text));

        using var values = JsonDocument.Parse(read.ValuesJson);
        Assert.Equal(JsonValueKind.Object, values.RootElement.ValueKind);
        Assert.DoesNotContain('\n', read.Notes ?? "");
        Assert.DoesNotContain('\n', read.Failure ?? "");
    }

    [Fact]
    public void A_response_that_is_no_text_is_no_harm()
    {
        var read = results.Read(run, Completed, new TaskResponse(new byte[] { 0xFF, 0x00, 0xC3 }, "application/json"));

        using var values = JsonDocument.Parse(read.ValuesJson);
        Assert.Equal(JsonValueKind.Object, values.RootElement.ValueKind);
    }

    [Fact]
    public void Many_threads_may_extract_at_once_and_get_what_one_gets()
    {
        var response = Response("""{"label":7}""");
        var alone = results.Read(run, Completed, response);
        var read = new RunResults[100];

        Parallel.For(0, read.Length, i => read[i] = results.Read(run, Completed, response));

        Assert.All(read, one => Assert.Equal(alone, one));
    }

    [Fact]
    public void The_key_of_an_extraction_is_the_same_each_time() =>
        Assert.Equal(results.ExtractionKeyOf(run), results.ExtractionKeyOf(run));

    private static TaskResponse? Response(string? text) =>
        text is null ? null : new TaskResponse(Encoding.UTF8.GetBytes(text), "application/json");
}
