using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Journal.Reading;
using AimmsOrchestrator.Journal.Storage;
using AimmsOrchestrator.Journal.Text;
using Microsoft.Data.Sqlite;

namespace AimmsOrchestrator.Journal;

/// <summary>Finds what was asked before, by the runs' keys: one look into an index a question. For one thread at a time.</summary>
public sealed class SqliteAnswerBook : IAnswerBook
{
    private readonly SqliteConnection _connection;
    private readonly string _file;
    private readonly long _batch;
    private readonly long _oldest;
    private readonly Statement _answer;

    internal SqliteAnswerBook(SqliteConnection connection, string file, long batch, bool isFresh)
    {
        _connection = connection;
        _file = file;
        _batch = batch;
        _oldest = isFresh ? batch : 0;
        _answer = new Statement(
            connection,
            "SELECT 1 FROM runs WHERE key = ?1 AND phase = 'completed' AND batch >= ?2 LIMIT 1"
        );
    }

    /// <inheritdoc />
    public bool HasAnswer(RunKey key) =>
        Trouble.Guard(_file, () => _answer.HasRow(Convert.FromHexString(key.Hex), _oldest));

    /// <inheritdoc />
    public EarlierEnd? Find(RunKey key) => Trouble.Guard(_file, () => (EarlierEnd?)Answered(key) ?? Failed(key));

    public void Dispose()
    {
        _answer.Dispose();
        _connection.Dispose();
    }

    private EarlierEnd.Answered? Answered(RunKey key) =>
        HasAnswer(key)
            ? First(
                """
                SELECT r.batch, r.run, p.media_type, p.body, (
                    SELECT s.task FROM steps AS s WHERE s.batch = r.batch AND s.run = r.run AND s.task IS NOT NULL
                    ORDER BY s.step DESC LIMIT 1) AS task
                FROM runs AS r LEFT JOIN responses AS p ON p.id = r.response
                WHERE r.key = $1 AND r.phase = 'completed' AND r.batch >= $2 ORDER BY r.batch DESC, r.run LIMIT 1
                """,
                row => new EarlierEnd.Answered(
                    new RunReference(row.Whole("batch"), row.Whole("run")),
                    row.TextOrNull("task") is { } task
                        ? JournalJson.Task(task)
                        : throw new JournalException("a completed run of an earlier batch has no task"),
                    row.BytesOrNull("body") is { } body ? new TaskResponse(body, row.TextOrNull("media_type")) : null
                ),
                key,
                _oldest
            )
            : null;

    private EarlierEnd.Failed? Failed(RunKey key) =>
        First(
            "SELECT batch, run, error_kind, error FROM runs WHERE key = $1 AND phase = 'failed' AND batch = $2 ORDER BY run LIMIT 1",
            row => new EarlierEnd.Failed(
                new RunReference(row.Whole("batch"), row.Whole("run")),
                new RunError(Words<RunErrorKind>.Parse(row.Text("error_kind")), row.Text("error"))
            ),
            key,
            _batch
        );

    private T? First<T>(string sql, Func<Row, T> read, RunKey key, long batch)
        where T : class
    {
        using var command = _connection.Command(sql, Convert.FromHexString(key.Hex), batch);
        using var reader = command.ExecuteReader();
        return reader.Read() ? read(new Row(reader)) : null;
    }
}
