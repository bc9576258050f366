using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Journal.Sql;
using AimmsOrchestrator.Journal.Text;

namespace AimmsOrchestrator.Journal.Writing;

/// <summary>
/// Frees the workspace's database. What is much is removed some runs at a time, so that others write between; what a crash leaves of
/// a removed batch, the next removal takes.
/// </summary>
/// <param name="database">The database, for writing, which checks no reference to a response; closed with it.</param>
internal sealed class JournalUpkeep(Database database) : IJournalUpkeep
{
    private const int RunsAtOnce = 5000;
    private const int MarksAtOnce = 100;
    private const int MostTries = 5;

    /// <summary>A submit whose answer was lost is searched for one day back; and a day for clocks and time zones.</summary>
    private static readonly TimeSpan TasksAreKnownFor = TimeSpan.FromDays(2);

    /// <summary>What hangs on a batch's row; the runs and their events follow it.</summary>
    private static readonly string[] Tables =
    [
        "attachments",
        "drives",
        "warnings",
        "controls",
        "logs",
        "solves",
        "demands",
    ];

    /// <inheritdoc />
    public FreedResponses RemoveResponses(
        long batch,
        IEnumerable<(string Run, long Index, ExtractionKey Extraction)> extractions
    )
    {
        var had = database.Guard(() =>
            database
                .Number(
                    """
                    SELECT count(*) FROM (
                        SELECT response FROM runs WHERE batch = $1 AND response IS NOT NULL
                        UNION SELECT response FROM steps WHERE batch = $1 AND response IS NOT NULL) AS had
                    """,
                    batch
                )!
                .Value
        );
        var stillAnswer = extractions
            .Chunk(MarksAtOnce)
            .Sum(some => Repeated(() => database.InTransaction(() => Mark(batch, some))));
        var removed = InSlices(
            "UPDATE steps SET response = NULL WHERE batch = $1 AND run >= $2 AND run < $3 AND response IS NOT NULL",
            "UPDATE runs SET response = NULL WHERE batch = $1 AND run >= $2 AND run < $3 AND response IS NOT NULL",
            batch
        );
        Repeated(() => database.Guard(() => Run("UPDATE sizes SET responses = 0 WHERE batch = $1", batch)));
        return new FreedResponses(removed, stillAnswer, had);
    }

    /// <inheritdoc />
    public long RemoveUnreferenced() => Unreferenced.Remove(database, Repeated);

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
    public void Remove(long batch, DateTimeOffset at)
    {
        RememberTasks(batch, at - TasksAreKnownFor);
        Repeated(() => database.InTransaction(() => RemoveRow(batch, at)));
    }

    /// <inheritdoc />
    public bool RemoveRest()
    {
        // An older version may have forgotten runs of a removed batch.
        var batches = database.All(
            """
            SELECT batch FROM sizes
            UNION SELECT number FROM removed WHERE EXISTS (SELECT 1 FROM runs AS r WHERE r.batch = removed.number)
            EXCEPT SELECT number FROM batches
            """,
            row => row.Whole("batch")
        );
        foreach (var batch in batches)
        {
            // The runs first: one without its events would still be found by its key, and has no task to answer with.
            InSlices(
                "DELETE FROM runs WHERE batch = $1 AND run >= $2 AND run < $3",
                "DELETE FROM steps WHERE batch = $1 AND run >= $2 AND run < $3",
                batch
            );

            // The last one: by it a batch is found that is gone and whose runs are not.
            Repeated(() => database.Guard(() => Run("DELETE FROM sizes WHERE batch = $1", batch)));
        }

        return batches.Count > 0;
    }

    /// <inheritdoc />
    public void RemoveFiles() =>
        Repeated(() =>
            database.InTransaction(() =>
                Run(
                    """
                    DELETE FROM blobs WHERE sha256 NOT IN (
                        SELECT source FROM batches UNION SELECT sha256 FROM attachments
                        UNION SELECT source FROM schedules UNION SELECT sha256 FROM schedule_files)
                    """
                )
            )
        );

    /// <inheritdoc />
    public void Compact() => database.Compact();

    public void Dispose() => database.Dispose();

    /// <summary>A task of a removed batch is no stranger.</summary>
    private void RememberTasks(long batch, DateTimeOffset since) =>
        database.Guard(() =>
            Run(
                "INSERT INTO removed_tasks (task_id) SELECT task_id FROM steps WHERE batch = $1 AND task_id IS NOT NULL AND at > $2 ON CONFLICT DO NOTHING",
                batch,
                Timestamps.ToText(since)
            )
        );

    private bool RemoveRow(long batch, DateTimeOffset at)
    {
        // As an append locks it, before what hangs on it.
        database.Number($"SELECT number FROM batches WHERE number = $1 {database.Dialect.ForUpdate}", batch);
        Run(
            "INSERT INTO removed (number, id, scenario, counter, at) SELECT number, id, scenario, counter, $2 FROM batches WHERE number = $1",
            batch,
            Timestamps.ToText(at)
        );
        foreach (var table in Tables)
        {
            Run($"DELETE FROM {table} WHERE batch = $1", batch);
        }

        Run("DELETE FROM batches WHERE number = $1", batch);
        AccountRows.CountAll(database);
        return true;
    }

    /// <summary>Does two things with some runs of a batch and their events, and then with the next ones.</summary>
    /// <returns>How many rows the second one changed.</returns>
    private long InSlices(string first, string second, long batch)
    {
        var last = database.Guard(() => LastRun(batch));
        var changed = 0L;
        for (var from = 0L; from <= last; from += RunsAtOnce)
        {
            var (begin, end) = (from, from + RunsAtOnce);
            Repeated(() => database.Guard(() => Run(first, batch, begin, end)));
            changed += Repeated(() => database.Guard(() => Run(second, batch, begin, end)));
        }

        return changed;
    }

    /// <summary>The last run of a batch that has a row or events: a removal that stopped may have left either alone.</summary>
    /// <returns>Its index; -1 where there is none.</returns>
    private long LastRun(long batch) =>
        Math.Max(
            database.Number("SELECT max(run) FROM runs WHERE batch = $1", batch) ?? -1,
            database.Number("SELECT max(run) FROM steps WHERE batch = $1", batch) ?? -1
        );

    /// <summary>A restart of the server, a lock that is held for long, or a deadlock is no reason to stop half-way.</summary>
    private static T Repeated<T>(Func<T> action)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return action();
            }
            catch (JournalException e) when (e.IsPassing && tries < MostTries)
            {
                // Once more.
            }
        }
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

    private long Run(string sql, params object?[] values) => database.Execute(sql, values);
}
