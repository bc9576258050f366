using System.Globalization;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Settlement;
using AimmsOrchestrator.Domain.Settlement.Clocks;
using AimmsOrchestrator.Domain.Settlement.Submits;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Journal.Sql;
using AimmsOrchestrator.Journal.Text;

namespace AimmsOrchestrator.Journal.Reading;

/// <summary>Finds tasks in the workspace's database; for one thread at a time.</summary>
internal sealed class TaskIndex(Database database, long batch) : ITaskIndex
{
    /// <inheritdoc />
    public bool Knows(TaskId task) =>
        database
            .All(
                "SELECT 1 FROM steps WHERE task_id = $1 UNION ALL SELECT 1 FROM removed_tasks WHERE task_id = $1 LIMIT 1",
                _ => true,
                task.Value
            )
            .Count > 0;

    /// <inheritdoc />
    public IReadOnlyList<OpenSubmit> OpenSubmits() =>
        database.All(
            $"""
            SELECT r.batch, r.run, r.submit_at, r.lost_at, 0 AS ambiguous
            FROM batches AS b JOIN runs AS r {database.Dialect.IndexedBy("runs_under_way")} ON r.batch = b.number
            WHERE b.account = (SELECT account FROM batches WHERE number = $1) AND r.submit_at IS NOT NULL
                AND {RunConditions.Holding} AND r.phase <> 'at-service'
            UNION ALL
            -- From the events and not from the row: the run may have been sent again since, or may be tried anew.
            SELECT s.batch, s.run, i.at, coalesce(u.at, s.at), 1
            FROM batches AS b JOIN steps AS s {database.Dialect.IndexedBy("steps_ambiguous")} ON s.batch = b.number
                JOIN steps AS i ON i.batch = s.batch AND i.run = s.run AND i.event = 'submit-intended' AND i.attempt = s.attempt
                LEFT JOIN steps AS u ON u.batch = s.batch AND u.run = s.run AND u.event = 'submit-unconfirmed' AND u.attempt = s.attempt
            WHERE s.verdict = 'ambiguous'
                AND b.account = (SELECT account FROM batches WHERE number = $1)
            """,
            row => new OpenSubmit(
                new RunReference(row.Whole("batch"), row.Whole("run")),
                Timestamps.Parse(row.Text("submit_at")),
                row.TextOrNull("lost_at") is { } lost ? Timestamps.Parse(lost) : null,
                row.Whole("ambiguous") == 1
            ),
            batch
        );

    /// <inheritdoc />
    public IReadOnlyList<KnownTask> TasksSince(DateTimeOffset moment) =>
        database.All(
            """
            SELECT task_id, phase = 'at-service' AS unfinished, submit_at, (
                SELECT s.at FROM steps AS s
                WHERE s.batch = r.batch AND s.run = r.run AND s.event = 'submitted' AND s.attempt = r.attempts) AS answered_at
            FROM runs AS r
            WHERE batch = $1 AND phase IN ('at-service', 'retrieving', 'completed') AND task_id IS NOT NULL
                AND reused_batch IS NULL AND task_deleted = 0 AND submit_at > $2
            """,
            row => new KnownTask(
                new TaskId(row.Text("task_id")),
                row.Whole("unfinished") == 1,
                Timestamps.Parse(row.Text("submit_at")),
                row.TextOrNull("answered_at") is { } answered ? Timestamps.Parse(answered) : null
            ),
            batch,
            Timestamps.ToText(moment)
        );

    /// <inheritdoc />
    public IReadOnlyList<ClockSample> ClockSamples() =>
        database.All(
            $"""
            SELECT * FROM (SELECT i.at AS intended_at, s.at AS answered_at, {database.Dialect.JsonText(
                "c.payload",
                "task",
                "createdAt"
            )} AS created_at
            FROM (
                SELECT * FROM runs
                WHERE batch = $1 AND phase IN ('retrieving', 'completed', 'failed') AND task_id IS NOT NULL AND reused_batch IS NULL
                ORDER BY run DESC LIMIT 60) AS r
                JOIN steps AS s ON s.batch = r.batch AND s.run = r.run AND s.event = 'submitted' AND s.attempt = r.attempts
                JOIN steps AS i ON i.batch = r.batch AND i.run = r.run AND i.event = 'submit-intended' AND i.attempt = r.attempts
                JOIN steps AS c ON c.batch = r.batch AND c.run = r.run AND c.event = 'task-completed' AND c.step > s.step) AS t
            WHERE created_at IS NOT NULL
            """,
            row => new ClockSample(
                Timestamps.Parse(row.Text("intended_at")),
                Timestamps.Parse(row.Text("answered_at")),
                DateTimeOffset.Parse(row.Text("created_at"), CultureInfo.InvariantCulture)
            ),
            batch
        );

    public void Dispose() => database.Dispose();
}
