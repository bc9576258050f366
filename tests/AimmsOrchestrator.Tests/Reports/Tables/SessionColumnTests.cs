using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Reports.Tables;

namespace AimmsOrchestrator.Tests.Reports.Tables;

/// <summary>The session and the user of a task stand in tables where the service told any, and take no room elsewhere.</summary>
public sealed class SessionColumnTests
{
    private static readonly RunRecord[] Runs =
    [
        Given.Run(0, """{"x":1}""", """{"cost":1}""") with
        {
            SessionId = "pro3-task-acme-17",
            UserName = "=ada",
        },
        Given.Run(1, """{"x":2}""", """{"cost":2}"""),
    ];

    [Fact]
    public void A_table_has_columns_for_them_after_all_others()
    {
        var told = Columns with { HasSessions = true };

        Assert.DoesNotContain("sessionId", Columns.Headers());
        Assert.Equal(["notes", "sessionId", "userName"], told.Headers().TakeLast(3));
        Assert.Equal(["sessionId", "userName", "startedAt", "endedAt"], TypedRow.Headers(told).TakeLast(4));
        Assert.Equal(["pro3-task-acme-17", "=ada"], TypedRow.Cells(told, Runs[0]).SkipLast(2).TakeLast(2));
        Assert.Equal(TypedRow.Headers(told).Count, TypedRow.Cells(told, Runs[1]).Length);
    }

    [Fact]
    public void A_parameter_of_that_name_keeps_its_own_column()
    {
        var columns = new Columns(["userName"], []) { HasSessions = true };

        Assert.Contains("parameter.userName", columns.Headers());
    }

    [Fact]
    public void Csv_writes_them_harmlessly()
    {
        using var output = new StringWriter();
        CsvReport.Write(output, Columns with { HasSessions = true }, Runs);
        var lines = output.ToString().ReplaceLineEndings("\n").Split('\n');

        Assert.EndsWith(",notes,sessionId,userName", lines[0], StringComparison.Ordinal);
        Assert.EndsWith(",pro3-task-acme-17,'=ada", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Json_has_them_in_the_task_of_a_run_that_has_any()
    {
        using var output = new MemoryStream();
        JsonLinesReport.Write(output, Runs);
        var lines = System.Text.Encoding.UTF8.GetString(output.ToArray()).Split('\n');

        Assert.Contains(
            "\"sessionId\":\"pro3-task-acme-17\",\"userName\":\"=ada\"}",
            lines[0],
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("sessionId", lines[1], StringComparison.Ordinal);
    }

    private static Columns Columns { get; } = new(["x"], ["cost"]);
}
