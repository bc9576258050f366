using System.Text;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Reports;
using AimmsOrchestrator.Reports.Tables;

namespace AimmsOrchestrator.Tests.Reports.Tables;

/// <summary>CSV: columns, cells and what a spreadsheet must not compute.</summary>
public sealed class CsvReportTests
{
    private static readonly RunKey Key = new(new string('a', 64));

    [Fact]
    public void Csv_has_a_header_and_one_row_per_run()
    {
        var csv = Csv(
            new Columns(["freight", "where"], ["cost", "flows"]),
            Run(0, """{"freight":0.10,"where":"new, \"york\""}""") with
            {
                Phase = RunPhase.Completed,
                ResultsJson = """{"cost":153.675,"flows":[{"a":1},2]}""",
                TaskId = new TaskId("t1"),
                QueueTime = TimeSpan.FromSeconds(1.5),
                RunTime = TimeSpan.FromSeconds(2),
                ReturnCode = 1,
                Attempts = 2,
                Notes = "n",
                Settled = AimmsOrchestrator.Domain.Settlement.SettlementVerdict.Adopted,
                IsIncumbent = true,
                ReusedFrom = "transport-1#3",
            },
            Run(1, "{}") with
            {
                Phase = RunPhase.Failed,
                Error = new RunError(RunErrorKind.TaskFailed, "no\nsolution"),
            }
        );

        var key = Key.Hex;
        Assert.Equal(
            "index,name,freight,where,state,cost,flows,error,taskId,queueTime,runTime,returnCode,attempts,settled,incumbent,reusedFrom,key,notes\n"
                + $"0,run 0,0.10,\"new, \"\"york\"\"\",completed,153.675,\"[{{\"\"a\"\":1}},2]\",,t1,1.5,2,1,2,adopted,true,transport-1#3,{key},n\n"
                + $"1,run 1,,,failed,,,\"no\nsolution\",,,,,1,,,,{key},\n",
            csv
        );
    }

    [Theory]
    [InlineData("\"=1+1\"", "'=1+1")]
    [InlineData("\"+1\"", "'+1")]
    [InlineData("\"-a\"", "'-a")]
    [InlineData("\"@x\"", "'@x")]
    [InlineData("-5", "-5")]
    [InlineData("\"a=b\"", "a=b")]
    public void A_text_that_a_spreadsheet_would_compute_is_data(string value, string cell)
    {
        var csv = Csv(new Columns(["x"], []), Run(0, $$"""{"x":{{value}}}"""));

        Assert.StartsWith($"0,run 0,{cell},pending,", csv.Split('\n')[1], StringComparison.Ordinal);
    }

    [Fact]
    public void An_id_that_a_service_made_up_is_data_too() =>
        Assert.Contains(
            ",'=1+1,",
            Csv(new Columns([], []), Run(0, "{}") with { TaskId = new TaskId("=1+1") }),
            StringComparison.Ordinal
        );

    [Fact]
    public void A_deeply_nested_response_is_reported()
    {
        var deep = new string('[', 500) + new string(']', 500);
        var run = Run(0, "{}") with { ResultsJson = $$"""{"x":{{deep}}}""", Phase = RunPhase.Completed };
        var columns = new Columns([], ["x"]);

        Assert.Contains($"completed,{deep},", Csv(columns, run), StringComparison.Ordinal);
        Assert.Equal(deep, ReportTable.Of(columns, [run], 1).Rows[0][^1]);
        using var lines = new MemoryStream();
        JsonLinesReport.Write(lines, [run]);
        Assert.Contains(deep, Encoding.UTF8.GetString(lines.ToArray()), StringComparison.Ordinal);
        Assert.Equal(1, ReportBuilder.Build(Given.Batch([], ["x"]), new RunWalk(() => [run])).Runs.Total);
    }

    private static RunRecord Run(long index, string parameters) => Given.Pending(index, parameters) with { Key = Key };

    private static string Csv(Columns columns, params RunRecord[] runs)
    {
        using var writer = new StringWriter();
        CsvReport.Write(writer, columns, runs);
        return writer.ToString();
    }
}
