using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Journal.Sql;
using AimmsOrchestrator.Journal.Text;

namespace AimmsOrchestrator.Journal.Reading;

/// <summary>Finds results by the runs' keys: one search of two indexes per key. For one thread at a time.</summary>
internal sealed class ResultCache : IResultCache
{
    /// <summary>A completed run has a response itself, or the very results that would be extracted from it.</summary>
    private const string Completed =
        "r.key = $1 AND r.phase = 'completed' AND r.batch >= $2 AND (r.response IS NOT NULL AND r.reading IS NULL OR r.reading = $3)";

    /// <summary>So has one whose task completed and is no success; older schemas kept neither where responses were not kept.</summary>
    private const string NotSuccess =
        "r.key = $1 AND r.phase = 'failed' AND r.error_kind = 'not-success' AND r.batch >= $2 AND (r.response IS NOT NULL OR r.reading = $3)";

    /// <summary>A run of this batch that failed; one that is no success only where there is nothing to take from it.</summary>
    private const string FailedHere =
        "key = $1 AND phase = 'failed' AND batch = $2 AND (error_kind <> 'not-success' OR (response IS NULL AND reading IS NULL))";

    /// <summary>An incumbent of the same batch was cut by the same limits; one of another batch needs to say by which.</summary>
    private const string LongEnough = "(r.incumbent = 0 OR r.batch = $4 OR r.cut_seconds >= $5)";

    /// <summary>What is left of a batch whose removal stopped half-way answers nothing: its row is the first to go.</summary>
    private const string Present = "EXISTS (SELECT 1 FROM batches AS b WHERE b.number = r.batch)";

    private readonly Database _database;
    private readonly long _batch;
    private readonly long _oldest;
    private readonly double? _longestSolve;
    private readonly Lazy<bool> _hasIncumbents;
    private readonly string _task;
    private readonly Statement _contains;
    private readonly Statement _hasFailed;

    public ResultCache(Database database, long batch, bool isFresh, TimeSpan? longestSolve)
    {
        _database = database;
        _batch = batch;
        _oldest = isFresh ? batch : 0;
        _longestSolve = longestSolve?.TotalSeconds;
        _hasIncumbents = new(() => database.All("SELECT 1 FROM runs WHERE incumbent = 1 LIMIT 1", _ => true).Count > 0);
        _task = TaskOf(database.Dialect);
        _contains = database.Prepare(
            $"""
            SELECT 1 FROM runs AS r WHERE {Completed} AND {LongEnough} AND {Present}
            UNION ALL SELECT 1 FROM runs AS r WHERE {NotSuccess} AND {LongEnough} AND {Present} LIMIT 1
            """
        );
        _hasFailed = database.Prepare($"SELECT 1 FROM runs WHERE {FailedHere} LIMIT 1");
    }

    /// <inheritdoc />
    public bool Contains(RunKey key, ExtractionKey extraction) =>
        _database.Guard(() => _contains.HasRow(key.ToBytes(), _oldest, extraction.ToBytes(), _batch, _longestSolve));

    /// <inheritdoc />
    public CachedOutcome? Find(RunKey key, ExtractionKey extraction, DateTimeOffset? askedAgainAt = null) =>
        Answered(key, extraction, askedAgainAt) ?? Failed(key);

    /// <inheritdoc />
    public RefusedIncumbent? FindRefused(RunKey key, ExtractionKey extraction) =>
        _hasIncumbents.Value
            ? _database
                .All(
                    $"""
                    SELECT r.cut_seconds FROM runs AS r WHERE {Completed} AND r.incumbent = 1 AND r.batch <> $4
                        AND {Present}
                        AND (CAST($5 AS double precision) IS NULL OR r.cut_seconds IS NULL OR r.cut_seconds < $5)
                    UNION ALL SELECT r.cut_seconds FROM runs AS r WHERE {NotSuccess} AND r.incumbent = 1 AND r.batch <> $4
                        AND {Present}
                        AND (CAST($5 AS double precision) IS NULL OR r.cut_seconds IS NULL OR r.cut_seconds < $5)
                    ORDER BY 1 DESC LIMIT 1
                    """,
                    row => new RefusedIncumbent(
                        row.RealOrNull("cut_seconds") is { } cut ? Timestamps.Duration(cut) : null
                    ),
                    key.ToBytes(),
                    _oldest,
                    extraction.ToBytes(),
                    _batch,
                    _longestSolve
                )
                .FirstOrDefault()
            : null;

    public void Dispose()
    {
        _contains.Dispose();
        _hasFailed.Dispose();
        _database.Dispose();
    }

    /// <summary>
    /// The task of a run <c>r</c> that completed. A payload that is no JSON is passed on as it is, so that its reader can name the run.
    /// </summary>
    private static string TaskOf(Dialect dialect)
    {
        var (isJson, task) = (dialect.IsJson("s.payload"), dialect.JsonMember("s.payload", "task"));
        return $"""
            (
                SELECT CASE WHEN {isJson} THEN {task} ELSE CAST(s.payload AS TEXT) END FROM steps AS s
                WHERE s.batch = r.batch AND s.run = r.run
                    AND s.event IN ('task-completed', 'run-reused', 'run-failed')
                    AND CASE WHEN {isJson} THEN {task} IS NOT NULL ELSE TRUE END
                ORDER BY s.step DESC LIMIT 1)
            """;
    }

    private CachedOutcome? Answered(RunKey key, ExtractionKey extraction, DateTimeOffset? askedAgainAt) =>
        Contains(key, extraction)
            ? _database
                .All(
                    $"""
                    SELECT r.*, p.media_type, length(p.body) AS size,
                        CASE WHEN length(p.body) <= {AnswerBudget.Small} THEN p.body END AS body, {_task} AS payload
                    FROM (
                        SELECT r.batch, r.run, r.phase, r.reading, r.results, r.notes, r.response, r.incumbent, r.cut_seconds
                        FROM runs AS r WHERE {Completed} AND {LongEnough} AND {Present}
                        UNION ALL
                        SELECT r.batch, r.run, r.phase, r.reading, r.results, r.notes, r.response, r.incumbent, r.cut_seconds
                        FROM runs AS r WHERE {NotSuccess} AND {LongEnough} AND {Present}
                            AND (CAST($6 AS TEXT) IS NULL OR r.ended_at >= $6)
                    ) AS r LEFT JOIN responses AS p ON p.id = r.response
                    ORDER BY r.reading IS NOT NULL, r.batch DESC, r.run LIMIT 1
                    """,
                    OutcomeOf,
                    key.ToBytes(),
                    _oldest,
                    extraction.ToBytes(),
                    _batch,
                    _longestSolve,
                    Timestamps.ToText(askedAgainAt)
                )
                .FirstOrDefault()
            : null;

    /// <summary>Most keys have no failed run: a prepared search is a fraction of what a query costs.</summary>
    private CachedOutcome.Failed? Failed(RunKey key) =>
        _database.Guard(() => _hasFailed.HasRow(key.ToBytes(), _batch))
            ? _database
                .All(
                    $"""
                    SELECT batch, run, error_kind, error, error_copied_from FROM runs WHERE {FailedHere}
                    ORDER BY run LIMIT 1
                    """,
                    row => new CachedOutcome.Failed(
                        new RunReference(row.Whole("batch"), row.Whole("run")),
                        RowMapping.Error(row)
                    ),
                    key.ToBytes(),
                    _batch
                )
                .FirstOrDefault()
            : null;

    private CachedOutcome OutcomeOf(Row row)
    {
        var source = new RunReference(row.Whole("batch"), row.Whole("run"));
        var task = JournalJson.Task(row.Text("payload"));
        CachedOutcome outcome;
        if (row.BytesOrNull("reading") is { } extraction)
        {
            var isSuccess = row.Text("phase") == "completed";
            var results = new RunResults(row.ObjectOrNull("results") ?? "{}", row.TextOrNull("notes"), isSuccess);
            outcome = new CachedOutcome.ResultsOnly(source, task, results, new ExtractionKey(extraction));
        }
        else
        {
            outcome = new CachedOutcome.WithResponse(
                source,
                task,
                row.WholeOrNull("size") > AnswerBudget.Small ? Large(row) : row.Response()
            );
        }

        return outcome with
        {
            IsIncumbent = row.Whole("incumbent") == 1,
            CutAfter = row.RealOrNull("cut_seconds") is { } cut ? Timestamps.Duration(cut) : null,
        };
    }

    /// <summary>A large response, once no other one is in memory, read into its place at once.</summary>
    private TaskResponse Large(Row row)
    {
        var lease = AnswerBudget.Enter();
        try
        {
            var body = GC.AllocateUninitializedArray<byte>((int)row.Whole("size"));
            if (!_database.CopyResponse(row.Whole("response"), new MemoryStream(body)))
            {
                throw new JournalException("the response of a run of an earlier batch was removed a moment ago")
                {
                    IsPassing = true,
                };
            }

            return new TaskResponse(body, row.TextOrNull("media_type")) { Lease = lease };
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }
}
