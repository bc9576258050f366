using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Journal.Sqlite;
using AimmsOrchestrator.Journal.Text;

namespace AimmsOrchestrator.Journal.Reading;

/// <summary>Finds results by the runs' keys: one search of an index per key. For one thread at a time.</summary>
internal sealed class SqliteResultCache : IResultCache
{
    /// <summary>A run has a response itself, or the very results that would be extracted from it.</summary>
    private const string HasResults =
        "r.key = $1 AND r.phase = 'completed' AND r.batch >= $2 AND (r.reading IS NULL OR r.reading = $3)";

    private readonly Database _database;
    private readonly long _batch;
    private readonly long _oldest;
    private readonly Statement _contains;

    public SqliteResultCache(Database database, long batch, bool isFresh)
    {
        _database = database;
        _batch = batch;
        _oldest = isFresh ? batch : 0;
        _contains = database.Prepare($"SELECT 1 FROM runs AS r WHERE {HasResults} LIMIT 1");
    }

    /// <inheritdoc />
    public bool Contains(RunKey key, ExtractionKey reading) =>
        _database.Guard(() => _contains.HasRow(key.ToBytes(), _oldest, reading.ToBytes()));

    /// <inheritdoc />
    public CachedOutcome? Find(RunKey key, ExtractionKey reading) => Completed(key, reading) ?? Failed(key);

    public void Dispose()
    {
        _contains.Dispose();
        _database.Dispose();
    }

    private CachedOutcome? Completed(RunKey key, ExtractionKey reading) =>
        Contains(key, reading)
            ? _database
                .All(
                    $"""
                    SELECT r.batch, r.run, r.reading, r.results, r.notes, p.media_type, p.body, (
                        SELECT s.payload -> 'task' FROM steps AS s
                        WHERE s.batch = r.batch AND s.run = r.run AND s.event IN ('task-completed', 'run-reused')
                        ORDER BY s.step DESC LIMIT 1) AS task
                    FROM runs AS r LEFT JOIN responses AS p ON p.id = r.response
                    WHERE {HasResults} ORDER BY r.reading IS NOT NULL, r.batch DESC, r.run LIMIT 1
                    """,
                    OutcomeOf,
                    key.ToBytes(),
                    _oldest,
                    reading.ToBytes()
                )
                .FirstOrDefault()
            : null;

    private CachedOutcome.Failed? Failed(RunKey key) =>
        _database
            .All(
                "SELECT batch, run, error_kind, error, error_copied_from FROM runs WHERE key = $1 AND phase = 'failed' AND batch = $2 ORDER BY run LIMIT 1",
                row => new CachedOutcome.Failed(
                    new RunReference(row.Whole("batch"), row.Whole("run")),
                    RowMapping.Error(row)
                ),
                key.ToBytes(),
                _batch
            )
            .FirstOrDefault();

    private static CachedOutcome OutcomeOf(Row row)
    {
        var source = new RunReference(row.Whole("batch"), row.Whole("run"));
        var task = row.TextOrNull("task") is { } written
            ? JournalJson.Task(written)
            : throw new JournalException("a completed run of an earlier batch has no task");
        if (row.BytesOrNull("reading") is { } reading)
        {
            var results = new RunResults(row.TextOrNull("results") ?? "{}", row.TextOrNull("notes"), IsSuccess: true);
            return new CachedOutcome.ResultsOnly(source, task, results, new ExtractionKey(reading));
        }

        return new CachedOutcome.WithResponse(source, task, row.Response());
    }
}
