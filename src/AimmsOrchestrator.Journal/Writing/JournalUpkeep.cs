using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Journal.Sql;
using AimmsOrchestrator.Journal.Text;

namespace AimmsOrchestrator.Journal.Writing;

/// <summary>Frees the workspace's database.</summary>
/// <param name="database">The database, for writing, which checks no reference to a response; closed with it.</param>
internal sealed class JournalUpkeep(Database database) : IJournalUpkeep
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

    /// <inheritdoc />
    public FreedResponses RemoveResponses(
        long batch,
        IEnumerable<(string Run, long Index, ExtractionKey Extraction)> extractions
    ) =>
        database.InTransaction(() =>
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
        return database.Guard(() =>
            database
                .Number(
                    $"""
                    SELECT count(DISTINCT r.key) FROM runs AS r WHERE r.batch IN ({numbers}) AND r.phase = 'completed' AND NOT EXISTS (
                        SELECT 1 FROM runs AS o WHERE o.key = r.key AND o.phase = 'completed' AND o.batch NOT IN ({numbers}))
                    """
                )!
                .Value
        );
    }

    /// <inheritdoc />
    public void Remove(IReadOnlyList<long> batches, DateTimeOffset at) =>
        database.InTransaction(() =>
        {
            foreach (var batch in batches)
            {
                Remove(batch, at);
            }

            AccountRows.CountAll(database);
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
    public void Compact() => database.Compact();

    public void Dispose() => database.Dispose();

    private void Remove(long batch, DateTimeOffset at)
    {
        Run(
            "INSERT INTO removed (number, id, scenario, counter, at) SELECT number, id, scenario, counter, $2 FROM batches WHERE number = $1",
            batch,
            Timestamps.ToText(at)
        );
        Run(
            "INSERT INTO removed_tasks (task_id) SELECT task_id FROM steps WHERE batch = $1 AND task_id IS NOT NULL AND at > $2 ON CONFLICT DO NOTHING",
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
        using var row = database.Prepare(
            """
            UPDATE runs SET reading = $4 WHERE batch = $1 AND run = $2 AND name = $3 AND response IS NOT NULL
                AND reading IS NULL AND results IS NOT NULL AND (phase = 'completed' OR error_kind = 'not-success')
            RETURNING 1
            """
        );
        using var step = database.Prepare(
            $"""
            UPDATE steps SET payload = {database.Dialect.JsonWith(
                "payload",
                "reading",
                "$3"
            )} WHERE batch = $1 AND run = $2 AND step = (
                SELECT max(step) FROM steps WHERE batch = $1 AND run = $2
                    AND event IN ('run-completed', 'run-reused', 'run-failed'))
            """
        );
        var marked = 0L;
        foreach (var (name, index, extraction) in extractions)
        {
            if (row.HasRow(batch, index, name, extraction.ToBytes()))
            {
                step.Run(batch, index, extraction.Hex);
                marked++;
            }
        }

        return marked;
    }

    /// <summary>Notes which responses may have lost their last run.</summary>
    /// <returns>How many.</returns>
    private long Collect(long batch)
    {
        Run("CREATE TEMP TABLE IF NOT EXISTS collected (id BIGINT PRIMARY KEY)");
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

    private long Run(string sql, params object?[] values) => database.Execute(sql, values);
}
