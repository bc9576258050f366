using System.Text;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Reports.Excel;
using AimmsOrchestrator.Reports.Tables;

namespace AimmsOrchestrator.Tests.Scenarios.Results;

/// <summary>Results from responses that are no JSON.</summary>
public sealed class DocumentResponseTests
{
    private const string Csv = "plant,cost,open\nseattle,153.6750,true\n\"san diego\",20,\n";

    [Theory]
    [InlineData("text/csv", "response.rows[0].cost", "153.6750")]
    [InlineData("text/csv", "response.rows[1].plant", "\"san diego\"")]
    [InlineData("text/csv", "response.rows.length", "2")]
    [InlineData("text/csv", "response.rows.reduce((sum, r) => sum + r.cost, 0)", "173.675")]
    [InlineData(null, "response.rows[0].plant", "\"seattle\"")]
    [InlineData("text/plain", "response.text.split('\\n').length", "4")]
    public void A_CSV_response_has_rows_and_text(string? mediaType, string expression, string expected) =>
        Assert.Equal(($$"""{"v":{{expected}}}""", null), Read(Encoding.UTF8.GetBytes(Csv), mediaType, expression));

    [Fact]
    public void A_text_has_its_text() =>
        Assert.Equal(
            ("""{"v":"42.5"}""", null),
            Read("Total cost = 42.5 kEUR"u8.ToArray(), "text/plain", "response.text.match(/= ([0-9.]+)/)[1]")
        );

    [Fact]
    public async Task An_Excel_response_has_sheets_and_the_rows_of_its_first()
    {
        using var file = new MemoryStream();
        await new ExcelReport().WriteAsync(
            file,
            new Columns(["x"], ["cost"]),
            [AimmsOrchestrator.Tests.Reports.Given.Run(0, """{"x":3}""", """{"cost":7.5}""")],
            CancellationToken.None
        );

        Assert.Equal(
            ("""{"v":[7.5,3]}""", null),
            Read(
                file.ToArray(),
                "application/octet-stream",
                "[response.sheets.runs[0].cost, response.sheets['runs'][0].x]"
            )
        );
    }

    [Theory]
    [InlineData("response.rows[0].plant", "\"seattle\"")]
    [InlineData("response.rows[0].cost", "153.675")]
    [InlineData("response.rows[1].cost === null", "true")]
    [InlineData("response.rows[1].cases", "9007199254740993")]
    [InlineData("response.rows.map(r => r.open)", "[true,false]")]
    [InlineData("response.rows[0].at", "\"2026-11-27T15:00:00\"")]
    [InlineData("response.rows[0].day", "\"2026-11-27\"")]
    [InlineData("response.rows[0].price", "12.50")]
    [InlineData("response.rows[0]['more.b']", "\"x\"")]
    [InlineData("response.rows[0].tiny + response.rows[0].ratio", "9.5")]
    [InlineData("response.rows[1].ratio", "\"NaN\"")]
    [InlineData("response.rows.length", "2")]
    [InlineData("'many' in response.rows[0]", "false")]
    public void A_Parquet_response_has_rows(string expression, string expected) =>
        Assert.Equal(
            ($$"""{"v":{{expected}}}""", null),
            Read(Convert.FromBase64String(OtherFiles.Parquet), "application/octet-stream", expression)
        );

    [Fact]
    public void A_broken_Parquet_file_says_that_it_is_not_read()
    {
        var body = Convert.FromBase64String(OtherFiles.Parquet);
        Array.Fill(body, (byte)0xFF, 4, body.Length - 8);

        var (values, notes) = Read(body, null, "response.rows[0].cost");

        Assert.Equal("""{"v":null}""", values);
        Assert.Contains("the response is not JSON", notes, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("v: response.text.match(/Total ([0-9]+)/)[1]", true)]
    [InlineData("v: response?.text.length", true)]
    [InlineData("v: task.runTime", true)]
    [InlineData("{ v: response.text.length, w: response.objective }", false)]
    [InlineData("v: response.rows[0].cost", false)]
    [InlineData("v: response.textual", false)]
    public void A_web_page_is_a_response_where_its_text_alone_is_read(string results, bool takesPages)
    {
        var lines = results.StartsWith('{') ? $"results: {results}" : $"results:\n  {results}";

        Assert.Equal(takesPages, Given.Sketch(lines).Plan.Results.TakesPages);
    }

    [Theory]
    [InlineData("application/json", "the response is not JSON (application/json)")]
    [InlineData("text/plain", "the response is not JSON (text/plain)")]
    public void What_a_text_does_not_have_is_empty_and_says_why(string mediaType, string why) =>
        Assert.Equal(
            ("""{"v":null}""", $"v: response.objective: {why}"),
            Read("nothing"u8.ToArray(), mediaType, "response.objective")
        );

    [Fact]
    public void Without_results_a_text_is_none()
    {
        var scenario = Given.Sketch("");

        var results = scenario.Plan.Results.Read(
            scenario.Plan.Runs.From(0).First(),
            Ended,
            new TaskResponse(Encoding.UTF8.GetBytes(Csv), "text/csv")
        );

        Assert.Equal("{}", results.ValuesJson);
    }

    private static TaskSnapshot Ended { get; } = new(new TaskId("t"), TaskState.Completed) { ReturnCode = 1 };

    private static (string Values, string? Notes) Read(byte[] body, string? mediaType, string expression)
    {
        var scenario = Given.Sketch($"results:\n  v: {System.Text.Json.JsonSerializer.Serialize(expression)}");
        var results = scenario.Plan.Results.Read(
            scenario.Plan.Runs.From(0).First(),
            Ended,
            new TaskResponse(body, mediaType)
        );
        return (results.ValuesJson, results.Notes);
    }
}
