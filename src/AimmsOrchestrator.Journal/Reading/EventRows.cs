using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Settlement;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Journal.Text;

namespace AimmsOrchestrator.Journal.Reading;

/// <summary>A run's events as their rows tell.</summary>
internal static class EventRows
{
    /// <summary>What <see cref="Event"/> needs, responses included.</summary>
    public const string Select = """
        SELECT s.run, s.at, s.event, s.attempt, s.task_id, s.task_state, s.task, s.fault, s.counts, s.results, s.notes,
            s.is_success, s.error_kind, s.message, s.reused_batch, s.reused_run, s.detail, s.incumbent, p.media_type, p.body
        FROM steps AS s LEFT JOIN responses AS p ON p.id = s.response
        """;

    /// <summary>The detail of a task that completed before an interrupt reached it.</summary>
    public const string EndedByItself = "by-itself";

    /// <exception cref="FormatException">The row is of an event that this program does not know.</exception>
    public static RunEvent Event(Row row)
    {
        var at = Timestamps.Parse(row.Text("at"));
        return row.Text("event") switch
        {
            "submit-intended" => new SubmitIntended(Attempt(row), at),
            "submitted" => new Submitted(Attempt(row), new TaskId(row.Text("task_id")), at),
            "submit-failed" => new SubmitFailed(
                Attempt(row),
                JournalJson.Fault(row.Text("fault")),
                row.Whole("counts") == 1,
                at
            ),
            "submit-unconfirmed" => new SubmitUnconfirmed(
                Attempt(row),
                row.Text("message"),
                row.Whole("counts") == 1,
                at
            ),
            "submit-settled" => new SubmitSettled(
                Attempt(row),
                KebabEnum<SettlementVerdict>.Parse(row.Text("detail")),
                row.TextOrNull("task_id") is { } adopted ? new TaskId(adopted) : null,
                row.Text("message"),
                at
            ),
            "task-forgotten" => new TaskForgotten(row.Text("message"), row.WholeOrNull("counts") == 1, at),
            "task-seen" => new TaskSeen(KebabEnum<TaskState>.Parse(row.Text("task_state")), at),
            "task-completed" => new TaskCompleted(JournalJson.Task(row.Text("task")), at)
            {
                EndedBeforeInterrupt = row.TextOrNull("detail") == EndedByItself,
            },
            "task-interrupted" => new TaskInterrupted(
                KebabEnum<Interrupt>.Parse(row.Text("detail")),
                row.Text("message"),
                at
            ),
            "attempt-failed" => new AttemptFailed(Error(row), JournalJson.Task(row.Text("task")), at),
            "run-completed" => new RunCompleted(Response(row), Results(row) ?? RunResults.None, at)
            {
                Reading = Reading(row),
                IsIncumbent = row.WholeOrNull("incumbent") == 1,
            },
            "run-reused" => Reused(row, at),
            "run-failed" => new RunFailed(Error(row) with { CopiedFrom = row.WholeOrNull("reused_run") }, at)
            {
                Task = row.TextOrNull("task") is { } task ? JournalJson.Task(task) : null,
                Response = Response(row),
                Results = Results(row),
            },
            "run-reopened" => new RunReopened(at),
            "run-cancelled" => new RunCancelled(row.Text("message"), at),
            var other => throw new FormatException($"\"{other}\" is not an event of a run"),
        };
    }

    private static RunReused Reused(Row row, DateTimeOffset at) =>
        new(
            new RunReference(row.Whole("reused_batch"), row.Whole("reused_run")),
            JournalJson.Task(row.Text("task")),
            Results(row) ?? RunResults.None,
            at
        )
        {
            Reading = Reading(row),
        };

    private static int Attempt(Row row) => (int)row.Whole("attempt");

    private static RunError Error(Row row) =>
        new(KebabEnum<RunErrorKind>.Parse(row.Text("error_kind")), row.Text("message"));

    private static ExtractionKey? Reading(Row row) =>
        row.TextOrNull("detail") is { } hex ? new ExtractionKey(hex) : null;

    private static TaskResponse? Response(Row row) =>
        row.BytesOrNull("body") is { } body ? new TaskResponse(body, row.TextOrNull("media_type")) : null;

    private static RunResults? Results(Row row) =>
        row.TextOrNull("results") is { } results
            ? new RunResults(results, row.TextOrNull("notes"), row.WholeOrNull("is_success") == 1)
            : null;
}
