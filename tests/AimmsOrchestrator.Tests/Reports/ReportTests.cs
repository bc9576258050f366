using System.Text;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Reports;
using AimmsOrchestrator.Reports.Tables;
using AimmsOrchestrator.Tests.Testing;

namespace AimmsOrchestrator.Tests.Reports;

public sealed class ReportTests
{
    private static readonly RunKey Key = new(new string('a', 64));

    [Fact]
    public void Csv_has_a_header_and_a_row_a_run()
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
    public void An_answer_that_is_nested_very_deep_is_reported_all_the_same()
    {
        var deep = new string('[', 500) + new string(']', 500);
        var run = Run(0, "{}") with { ResultsJson = $$"""{"x":{{deep}}}""", Phase = RunPhase.Completed };
        var columns = new Columns([], ["x"]);

        Assert.Contains($"completed,{deep},", Csv(columns, run), StringComparison.Ordinal);
        Assert.Equal(deep, ReportTable.Of(columns, [run], 1).Rows[0][^1]);
        using var lines = new MemoryStream();
        JsonLinesReport.Write(lines, [run]);
        Assert.Contains(deep, Encoding.UTF8.GetString(lines.ToArray()), StringComparison.Ordinal);
        Assert.Equal(1, ReportBuilder.Of(Given.Batch([], ["x"]), () => [run]).Runs.Total);
    }

    [Fact]
    public void No_two_headers_are_alike() =>
        Assert.Equal(
            ["index", "name", "parameter.name", "cost", "state", "result.cost", "result.state", "error"],
            new Columns(["name", "cost"], ["cost", "state"]).Headers().Take(8)
        );

    [Fact]
    public void Where_no_results_are_named_the_responses_members_are_the_columns()
    {
        RunRecord[] runs =
        [
            Run(0, "{}") with
            {
                ResultsJson = """{"a":1,"b":2}""",
            },
            Run(1, "{}") with
            {
                ResultsJson = """{"c":1,"a":2}""",
            },
        ];
        var batch = new BatchRecord
        {
            Number = 1,
            Id = new BatchId("a-1"),
            Scenario = "a",
            Fingerprint = "",
            SourceFile = "",
            ServiceAddress = "",
            ParameterNames = [],
            ResultNames = [],
            StartedAt = default,
        };

        Assert.Equal(["a", "b", "c"], Columns.Of(batch, () => runs).Results);
        Assert.False(Columns.Of(batch, () => runs).HasMore);
    }

    [Fact]
    public void What_is_beyond_the_most_columns_is_told()
    {
        var members = string.Join(',', Enumerable.Range(0, 201).Select(i => $"\"m{i}\":{i}"));
        RunRecord[] runs = [Run(0, "{}") with { ResultsJson = $"{{{members}}}", Phase = RunPhase.Completed }];
        var batch = Given.Batch([], []);

        Assert.Equal(200, Columns.Of(batch, () => runs).Results.Count);
        Assert.True(Columns.Of(batch, () => runs).HasMore);
        var fact = ReportBuilder.Of(batch, () => runs).Facts.Single(f => f.Name == "results");
        Assert.StartsWith("the first 50 members", fact.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void A_json_line_has_what_scripts_rely_on_in_its_order()
    {
        var completed = Run(4, """{"x":0.10}""") with
        {
            Phase = RunPhase.Completed,
            ResultsJson = """{"cost":1}""",
            TaskId = new TaskId("t"),
            QueueTime = TimeSpan.FromSeconds(0.25),
            RunTime = TimeSpan.FromSeconds(3),
            ReturnCode = 1,
        };

        Assert.Equal(
            $$$"""{"index":4,"key":"{{{Key.Hex}}}","name":"run 4","parameters":{"x":0.10},"state":"completed","results":{"cost":1},"error":null,"task":{"id":"t","queueTime":0.25,"runTime":3,"returnCode":1},"attempts":1}"""
                + "\n"
                + $$$"""{"index":5,"key":"{{{Key.Hex}}}","name":"run 5","parameters":{},"state":"failed","results":{},"error":"müde","task":{"id":null,"queueTime":null,"runTime":null,"returnCode":null},"attempts":1}"""
                + "\n",
            JsonLines(
                completed,
                Run(5, "{}") with
                {
                    Phase = RunPhase.Failed,
                    Error = new RunError(RunErrorKind.Broken, "müde"),
                }
            )
        );
    }

    [Fact]
    public void Runs_that_have_not_begun_stand_in_their_places()
    {
        RunRecord[] begun =
        [
            Run(1, "{}") with
            {
                Phase = RunPhase.Completed,
            },
            Run(4, "{}") with
            {
                Phase = RunPhase.Failed,
            },
        ];
        var states = begun.WithPending(new FakeRuns(6)).Select(r => $"{r.Index} {r.State.Word()}");

        Assert.Equal(["0 pending", "1 completed", "2 pending", "3 pending", "4 failed", "5 pending"], states);
        Assert.Equal([1L, 4L], begun.WithPending(planned: null).Select(r => r.Index));
        Assert.Equal(3, Array.Empty<RunRecord>().WithPending(new FakeRuns(3)).Count());
    }

    [Fact]
    public void A_table_sets_numbers_flush_right_and_hides_noise()
    {
        var table = ReportTable.Of(
            new Columns(["x", "who"], ["cost"]),
            [
                Run(0, """{"x":1.0,"who":"a"}""") with
                {
                    Phase = RunPhase.Completed,
                    ResultsJson = """{"cost":0.30000000000000004}""",
                },
                Run(1, """{"x":2,"who":"b"}"""),
                Run(2, """{"x":3,"who":"c"}"""),
            ],
            mostRows: 2
        );

        Assert.Equal(["x", "who", "state", "cost"], table.Headers);
        Assert.Equal([true, false, false, true], table.IsNumeric);
        Assert.Equal(["1.0", "a", "completed", "0.3"], table.Rows[0]);
        Assert.Equal(["2", "b", "pending", ""], table.Rows[1]);
        Assert.Equal(1, table.LeftOut);
    }

    [Fact]
    public void A_table_tells_names_where_there_are_no_parameters_and_errors_where_there_are_any()
    {
        var failed = Run(0, "{}") with { Phase = RunPhase.Failed, Error = new RunError(RunErrorKind.Rejected, "400") };
        var table = ReportTable.Of(new Columns([], []), [failed], mostRows: 10);

        Assert.Equal(["run", "state", "error"], table.Headers);
        Assert.Equal(["run 0", "failed", "400"], table.Rows[0]);
    }

    private static RunRecord Run(long index, string parameters) =>
        new()
        {
            Index = index,
            Key = Key,
            Name = $"run {index}",
            ParametersJson = parameters,
            Phase = RunPhase.Pending,
            Attempts = 1,
            StartedAt = default,
        };

    private static string Csv(Columns columns, params RunRecord[] runs)
    {
        using var writer = new StringWriter();
        CsvReport.Write(writer, columns, runs);
        return writer.ToString();
    }

    private static string JsonLines(params RunRecord[] runs)
    {
        using var stream = new MemoryStream();
        JsonLinesReport.Write(stream, runs);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
