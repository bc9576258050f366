using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Journal.Sqlite;
using AimmsOrchestrator.Journal.Text;
using Microsoft.Data.Sqlite;

namespace AimmsOrchestrator.Journal.Writing;

/// <summary>Frees the workspace's database.</summary>
internal sealed class SqliteJournalUpkeep : IJournalUpkeep
{
    /// <summary>A submit whose answer was lost is searched for one day back; and a day for clocks and time zones.</summary>
    private static readonly TimeSpan TasksAreKnownFor = TimeSpan.FromDays(2);

    /// <summary>What hangs on a batch's number.</summary>
    private static readonly string[] Tables =
    [
        "steps",
        "runs",
        "attachments",
        "drives",
        "warnings",
        "controls",
        "logs",
        "solves",
        "demands",
        "sizes",
    ];

    private readonly SqliteConnection _connection;
    private readonly string _file;

    public SqliteJournalUpkeep(SqliteConnection connection, string file)
    {
        (_connection, _file) = (connection, file);

        // Each removed response would be searched for in every run otherwise. What refers to it is removed with it.
        connection.Execute("PRAGMA foreign_keys = OFF");
    }

    /// <inheritdoc />
    public FreedResponses RemoveResponses(
        long batch,
        IEnumerable<(string Run, long Index, ExtractionKey Extraction)> extractions
    ) =>
        InTransaction(() =>
        {
            var stillAnswer = Mark(batch, extractions);
            var collected = Collect(batch);
            var removed = Run("UPDATE runs SET response = NULL WHERE batch = $1 AND response IS NOT NULL", batch);
            Run("UPDATE steps SET response = NULL WHERE batch = $1 AND response IS NOT NULL", batch);
            var shared = collected - RemoveCollected();
            Run("UPDATE sizes SET responses = 0 WHERE batch = $1", batch);
            return new FreedResponses(removed, stillAnswer, shared);
        });

    /// <inheritdoc />
    public long LostAnswers(IReadOnlyList<long> batches)
    {
        var numbers = string.Join(", ", batches);
        return SqliteErrors.Guard(
            _file,
            () =>
                _connection.Scalar(
                    $"""
                    SELECT count(DISTINCT r.key) FROM runs AS r WHERE r.batch IN ({numbers}) AND r.phase = 'completed' AND NOT EXISTS (
                        SELECT 1 FROM runs AS o WHERE o.key = r.key AND o.phase = 'completed' AND o.batch NOT IN ({numbers}))
                    """
                )
        );
    }

    /// <inheritdoc />
    public void Remove(IReadOnlyList<long> batches, DateTimeOffset at) =>
        InTransaction(() =>
        {
            foreach (var batch in batches)
            {
                Remove(batch, at);
            }

            Run(AccountRows.CountAll);
            Run(
                """
                DELETE FROM blobs WHERE sha256 NOT IN (
                    SELECT source FROM batches UNION SELECT sha256 FROM attachments
                    UNION SELECT source FROM schedules UNION SELECT sha256 FROM schedule_files)
                """
            );
            return true;
        });

    /// <inheritdoc />
    public void Compact() =>
        SqliteErrors.Guard(
            _file,
            () =>
            {
                _connection.Execute("VACUUM");
                _connection.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
                return true;
            }
        );

    public void Dispose() => _connection.Dispose();

    private void Remove(long batch, DateTimeOffset at)
    {
        Run(
            "INSERT INTO removed (number, id, scenario, counter, at) SELECT number, id, scenario, counter, $2 FROM batches WHERE number = $1",
            batch,
            Timestamps.ToText(at)
        );
        Run(
            "INSERT OR IGNORE INTO removed_tasks (task_id) SELECT task_id FROM steps WHERE batch = $1 AND task_id IS NOT NULL AND at > $2",
            batch,
            Timestamps.ToText(at - TasksAreKnownFor)
        );
        Collect(batch);
        foreach (var table in Tables)
        {
            Run($"DELETE FROM {table} WHERE batch = $1", batch);
        }

        Run("DELETE FROM batches WHERE number = $1", batch);
        RemoveCollected();
    }

    /// <summary>Writes how the results were extracted: without that, a run without its response answers nothing.</summary>
    private long Mark(long batch, IEnumerable<(string Run, long Index, ExtractionKey Extraction)> extractions)
    {
        using var row = new Statement(
            _connection,
            """
            UPDATE runs SET reading = $4 WHERE batch = $1 AND run = $2 AND name = $3 AND response IS NOT NULL
                AND reading IS NULL AND results IS NOT NULL AND (phase = 'completed' OR error_kind = 'not-success')
            RETURNING 1
            """
        );
        using var step = new Statement(
            _connection,
            """
            UPDATE steps SET payload = json_set(payload, $4, $3) WHERE batch = $1 AND run = $2 AND step = (
                SELECT max(step) FROM steps WHERE batch = $1 AND run = $2
                    AND event IN ('run-completed', 'run-reused', 'run-failed'))
            """
        );
        var marked = 0L;
        foreach (var (name, index, extraction) in extractions)
        {
            if (row.HasRow(batch, index, name, extraction.ToBytes()))
            {
                step.Run(batch, index, extraction.Hex, "$.reading");
                marked++;
            }
        }

        return marked;
    }

    /// <summary>Notes which responses may have lost their last run.</summary>
    /// <returns>How many.</returns>
    private long Collect(long batch)
    {
        Run("CREATE TEMP TABLE IF NOT EXISTS collected (id INTEGER PRIMARY KEY)");
        Run("DELETE FROM collected");
        return Run(
            """
            INSERT INTO collected
            SELECT response FROM runs WHERE batch = $1 AND response IS NOT NULL
            UNION SELECT response FROM steps WHERE batch = $1 AND response IS NOT NULL
            """,
            batch
        );
    }

    /// <summary>Removes the noted responses that nothing refers to any more.</summary>
    private long RemoveCollected() =>
        Run(
            """
            DELETE FROM responses WHERE id IN (
                SELECT id FROM collected
                EXCEPT SELECT response FROM runs WHERE response IS NOT NULL
                EXCEPT SELECT response FROM steps WHERE response IS NOT NULL)
            """
        );

    private long Run(string sql, params object?[] values)
    {
        using var command = _connection.Command(sql, values);
        return command.ExecuteNonQuery();
    }

    private T InTransaction<T>(Func<T> action) =>
        SqliteErrors.Guard(
            _file,
            () =>
            {
                _connection.Execute("BEGIN IMMEDIATE");
                try
                {
                    var result = action();
                    _connection.Execute("COMMIT");
                    return result;
                }
                catch
                {
                    _connection.RollBack();
                    throw;
                }
            }
        );
}
