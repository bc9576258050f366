using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Settlement;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Journal.Reading;
using AimmsOrchestrator.Journal.Storage;
using AimmsOrchestrator.Journal.Text;
using Microsoft.Data.Sqlite;

namespace AimmsOrchestrator.Journal;

/// <summary>Looks tasks up in the workspace's database; for one thread at a time.</summary>
public sealed class SqliteTaskIndex : ITaskIndex
{
    private readonly SqliteConnection _connection;
    private readonly string _file;
    private readonly long _batch;

    internal SqliteTaskIndex(SqliteConnection connection, string file, long batch)
    {
        _connection = connection;
        _file = file;
        _batch = batch;
    }

    /// <inheritdoc />
    public bool Knows(TaskId task) =>
        All("SELECT 1 FROM steps WHERE task_id = $1 LIMIT 1", _ => true, task.Value).Count > 0;

    /// <inheritdoc />
    public IReadOnlyList<OpenSubmit> OpenSubmits() =>
        All(
            """
            SELECT r.batch, r.run, r.submit_at, r.lost_at, 0 AS ambiguous
            FROM runs AS r JOIN batches AS b ON b.number = r.batch
            WHERE b.service = (SELECT service FROM batches WHERE number = $1) AND r.submit_at IS NOT NULL
                AND r.phase IN ('submitting', 'unconfirmed')
            UNION ALL
            -- From the steps and not from the row: the run may have been sent again since, or may be tried anew.
            SELECT s.batch, s.run, i.at, coalesce(u.at, s.at), 1
            FROM steps AS s JOIN batches AS b ON b.number = s.batch
                JOIN steps AS i ON i.batch = s.batch AND i.run = s.run AND i.event = 'submit-intended' AND i.attempt = s.attempt
                LEFT JOIN steps AS u ON u.batch = s.batch AND u.run = s.run AND u.event = 'submit-unconfirmed' AND u.attempt = s.attempt
            WHERE s.event = 'submit-settled' AND s.detail = 'ambiguous'
                AND b.service = (SELECT service FROM batches WHERE number = $1)
            """,
            row => new OpenSubmit(
                new RunReference(row.Whole("batch"), row.Whole("run")),
                Timestamps.Parse(row.Text("submit_at")),
                row.TextOrNull("lost_at") is { } lost ? Timestamps.Parse(lost) : null,
                row.Whole("ambiguous") == 1
            ),
            _batch
        );

    /// <inheritdoc />
    public IReadOnlyList<KnownTask> TasksSince(DateTimeOffset moment) =>
        All(
            """
            SELECT task_id, phase = 'at-service' AS unfinished FROM runs
            WHERE batch = $1 AND phase IN ('at-service', 'retrieving', 'completed') AND task_id IS NOT NULL
                AND reused_batch IS NULL AND task_deleted = 0 AND submit_at > $2
            """,
            row => new KnownTask(new TaskId(row.Text("task_id")), row.Whole("unfinished") == 1),
            _batch,
            Timestamps.ToText(moment)
        );

    public void Dispose() => _connection.Dispose();

    private List<T> All<T>(string sql, Func<Row, T> read, params object?[] values)
    {
        using var command = _connection.Command(sql, values);
        using var reader = SqliteErrors.Guard(_file, command.ExecuteReader);
        var row = new Row(reader);
        var all = new List<T>();
        while (SqliteErrors.Guard(_file, reader.Read))
        {
            all.Add(SqliteErrors.Guard(_file, () => read(row)));
        }

        return all;
    }
}
