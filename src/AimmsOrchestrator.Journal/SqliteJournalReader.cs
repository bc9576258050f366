using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Settlement;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Journal.Reading;
using AimmsOrchestrator.Journal.Storage;
using AimmsOrchestrator.Journal.Text;
using Microsoft.Data.Sqlite;

namespace AimmsOrchestrator.Journal;

/// <summary>Reads the journal from SQLite. One statement a call, so that each sees one moment; for one thread at a time.</summary>
public sealed class SqliteJournalReader : IJournalReader
{
    private const string Unended = "phase NOT IN ('completed', 'failed', 'cancelled')";

    private const string SelectRun = """
        SELECT r.*, b.id || '#' || r.reused_run AS reused_from
        FROM runs AS r LEFT JOIN batches AS b ON b.number = r.reused_batch
        """;

    private readonly SqliteConnection _connection;
    private readonly string _file;

    internal SqliteJournalReader(SqliteConnection connection, string file)
    {
        _connection = connection;
        _file = file;
    }

    /// <inheritdoc />
    public IReadOnlyList<BatchRecord> Batches() => All("SELECT * FROM batches ORDER BY number DESC", RowMapping.Batch);

    /// <inheritdoc />
    public BatchRecord? Find(string? name) =>
        name is null
            ? All("SELECT * FROM batches ORDER BY number DESC LIMIT 1", RowMapping.Batch).FirstOrDefault()
            : All(
                    "SELECT * FROM batches WHERE id = $1 OR scenario = $1 ORDER BY id = $1 DESC, number DESC LIMIT 1",
                    RowMapping.Batch,
                    name
                )
                .FirstOrDefault();

    /// <inheritdoc />
    public StoredScenario Scenario(long batch)
    {
        var attachments = All(
            "SELECT a.name, b.bytes FROM attachments AS a JOIN blobs AS b USING (sha256) WHERE a.batch = $1",
            row => (Name: row.Text("name"), Bytes: row.BytesOrNull("bytes")),
            batch
        );
        return All(
                "SELECT t.overrides, CAST(b.bytes AS TEXT) AS source FROM batches AS t JOIN blobs AS b ON b.sha256 = t.source WHERE t.number = $1",
                row => new StoredScenario(
                    row.Text("source"),
                    attachments.ToDictionary(
                        a => a.Name,
                        a => new ReadOnlyMemory<byte>(a.Bytes),
                        StringComparer.Ordinal
                    ),
                    row.Text("overrides")
                ),
                batch
            )
            .Single();
    }

    /// <inheritdoc />
    public IEnumerable<RunRecord> Runs(long batch) =>
        Stream($"{SelectRun} WHERE r.batch = $1 ORDER BY r.run", RowMapping.Run, batch);

    /// <inheritdoc />
    public IReadOnlyList<RunRecord> LatestEnded(long batch, int most)
    {
        var latest = All(
            $"{SelectRun} WHERE r.batch = $1 AND r.ended_at IS NOT NULL ORDER BY r.ended_at DESC, r.run DESC LIMIT $2",
            RowMapping.Run,
            batch,
            most
        );
        latest.Reverse();
        return latest;
    }

    /// <inheritdoc />
    public StateCounts CountByState(long batch) =>
        All(
                "SELECT phase, CASE phase WHEN 'at-service' THEN task_state END AS task_state, count(*) AS n FROM runs WHERE batch = $1 GROUP BY 1, 2",
                row =>
                    (
                        State: KebabEnum<RunPhase>
                            .Parse(row.Text("phase"))
                            .ToState(
                                row.TextOrNull("task_state") is { } word
                                    ? KebabEnum<TaskState>.Parse(word)
                                    : TaskState.Queued
                            ),
                        Count: row.Whole("n")
                    ),
                batch
            )
            .Aggregate(StateCounts.None, (counts, c) => counts.Plus(c.State, c.Count));

    /// <inheritdoc />
    public long CountReused(long batch) =>
        All(
            "SELECT count(*) AS n FROM runs WHERE batch = $1 AND reused_batch IS NOT NULL",
            row => row.Whole("n"),
            batch
        )[0];

    /// <inheritdoc />
    public IReadOnlyList<RunEvent> Events(long batch, long index) =>
        All($"{EventRows.Select} WHERE s.batch = $1 AND s.run = $2 ORDER BY s.step", EventRows.Event, batch, index);

    /// <inheritdoc />
    public IReadOnlyDictionary<long, IReadOnlyList<RunEvent>> Unfinished(long batch) =>
        All(
                $"{EventRows.Select} JOIN runs AS r ON r.batch = s.batch AND r.run = s.run WHERE s.batch = $1 AND r.{Unended} ORDER BY s.run, s.step",
                row => (Run: row.Whole("run"), Event: EventRows.Event(row)),
                batch
            )
            .GroupBy(s => s.Run, s => s.Event)
            .ToDictionary(g => g.Key, IReadOnlyList<RunEvent> (g) => [.. g]);

    /// <inheritdoc />
    public IReadOnlyList<TimeSpan> Durations(string serviceAddress, string? serviceName, int most) =>
        All(
            """
            SELECT (julianday(r.ended_at) - julianday(r.started_at)) * 86400.0 AS seconds
            FROM runs AS r JOIN batches AS b ON b.number = r.batch
            WHERE b.service = $1 AND b.service_name IS $2 AND r.phase = 'completed' AND r.reused_batch IS NULL
            ORDER BY r.batch DESC, r.run DESC LIMIT $3
            """,
            row => TimeSpan.FromSeconds(Math.Max(0, row.RealOrNull("seconds") ?? 0)),
            serviceAddress,
            serviceName,
            most
        );

    /// <inheritdoc />
    public bool HasResults() =>
        All("SELECT 1 FROM runs WHERE phase = 'completed' AND key IS NOT NULL LIMIT 1", _ => true).Count > 0;

    /// <inheritdoc />
    public IEnumerable<long> Ended(long batch) =>
        Stream(
            "SELECT run FROM runs WHERE batch = $1 AND phase IN ('completed', 'failed', 'cancelled') ORDER BY run",
            row => row.Whole("run"),
            batch
        );

    /// <inheritdoc />
    public IReadOnlyDictionary<string, long> Marks(long batch) =>
        All(
                """
                SELECT settled AS mark, count(*) AS n FROM runs WHERE batch = $1 AND settled IS NOT NULL GROUP BY 1
                UNION ALL SELECT 'incumbent', count(*) FROM runs WHERE batch = $1 AND incumbent = 1
                """,
                row => (Mark: row.Text("mark"), Count: row.Whole("n")),
                batch
            )
            .Where(mark => mark.Count > 0)
            .ToDictionary(
                mark => mark.Mark == "incumbent" ? mark.Mark : KebabEnum<SettlementVerdict>.Parse(mark.Mark).Word(),
                mark => mark.Count,
                StringComparer.Ordinal
            );

    /// <inheritdoc />
    public IEnumerable<RetainedTask> KeptTasks(long batch) =>
        Stream(
            """
            SELECT run, task_id FROM runs WHERE batch = $1 AND phase = 'completed' AND task_deleted = 0
                AND reused_batch IS NULL AND task_id IS NOT NULL ORDER BY run
            """,
            row => new RetainedTask(row.Whole("run"), new TaskId(row.Text("task_id"))),
            batch
        );

    /// <inheritdoc />
    public IEnumerable<StoredResponse> Responses(long batch) =>
        Stream(
            """
            SELECT r.run, r.name, p.media_type FROM runs AS r JOIN responses AS p ON p.id = r.response
            WHERE r.batch = $1 ORDER BY r.run
            """,
            row => new StoredResponse(row.Whole("run"), row.Text("name"), row.TextOrNull("media_type")),
            batch
        );

    /// <inheritdoc />
    public bool CopyResponse(long batch, long index, Stream output)
    {
        var found = All(
            "SELECT response FROM runs WHERE batch = $1 AND run = $2 AND response IS NOT NULL",
            row => row.Whole("response"),
            batch,
            index
        );
        if (found is not [var response])
        {
            return false;
        }

        using var body = SqliteErrors.Guard(
            _file,
            () => new SqliteBlob(_connection, "responses", "body", response, readOnly: true)
        );
        body.CopyTo(output);
        return true;
    }

    public void Dispose() => _connection.Dispose();

    private List<T> All<T>(string sql, Func<Row, T> read, params object?[] values) => [.. Stream(sql, read, values)];

    private IEnumerable<T> Stream<T>(string sql, Func<Row, T> read, params object?[] values)
    {
        using var command = _connection.Command(sql, values);
        using var reader = SqliteErrors.Guard(_file, command.ExecuteReader);
        var row = new Row(reader);
        while (SqliteErrors.Guard(_file, reader.Read))
        {
            yield return SqliteErrors.Guard(_file, () => read(row));
        }
    }
}
