using System.Text;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Reports.Tables;
using AimmsOrchestrator.Tests.Testing;

namespace AimmsOrchestrator.Tests.Reports.Tables;

/// <summary>JSON lines, and runs that have not begun.</summary>
public sealed class JsonLinesReportTests
{
    private static readonly RunKey Key = new(new string('a', 64));

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
    public void Runs_that_have_not_begun_keep_their_order()
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

    private static RunRecord Run(long index, string parameters) => Given.Pending(index, parameters) with { Key = Key };

    private static string JsonLines(params RunRecord[] runs)
    {
        using var stream = new MemoryStream();
        JsonLinesReport.Write(stream, runs);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
