using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Progress;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Settlement;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Domain.TaskService.Insight;
using AimmsOrchestrator.Journal.Sql;
using AimmsOrchestrator.Journal.Text;

namespace AimmsOrchestrator.Journal.Reading;

internal sealed partial class JournalReader
{
    /// <summary>Batches whose tasks say how long tasks take; further ones are too old.</summary>
    private const int LatestBatches = 20;

    private const string SelectRun =
        $"SELECT r.*, coalesce(b.id, x.id) || '#' || r.reused_run AS reused_from FROM runs AS r {WithReused}";

    private const string WithReused =
        "LEFT JOIN batches AS b ON b.number = r.reused_batch LEFT JOIN removed AS x ON x.number = r.reused_batch";

    /// <summary>Without statistics SQLite takes the table itself for as good as an index of a few of its rows.</summary>
    private string UnderWayRuns => $"runs AS r {database.Dialect.IndexedBy("runs_under_way")}";

    private const string IsUnderWay = $"r.batch = $1 AND {RunConditions.UnderWay}";

    /// <inheritdoc />
    public IEnumerable<RunRecord> Runs(long batch) =>
        database.Stream($"{SelectRun} WHERE r.batch = $1 ORDER BY r.run", RowMapping.Run, batch);

    /// <inheritdoc />
    public IEnumerable<RunRecord> Runs(long batch, Predicate<long> wanted) =>
        database.Some(
            $"{SelectRun} WHERE r.batch = $1 ORDER BY r.run",
            row => wanted(row.Whole("run")),
            RowMapping.Run,
            batch
        );

    /// <inheritdoc />
    public IEnumerable<RunRecord> RunsAfter(long batch, long after) =>
        database.Stream($"{SelectRun} WHERE r.batch = $1 AND r.run > $2 ORDER BY r.run", RowMapping.Run, batch, after);

    /// <inheritdoc />
    public IReadOnlyList<RunRecord> RunsUnderWay(long batch) =>
        database.All(
            $"""
            SELECT r.*, coalesce(b.id, x.id) || '#' || r.reused_run AS reused_from FROM {UnderWayRuns} {WithReused}
            WHERE {IsUnderWay} ORDER BY r.run
            """,
            RowMapping.Run,
            batch
        );

    /// <inheritdoc />
    public IReadOnlyList<RunRecord> LatestEnded(long batch, int most)
    {
        var latest = database.All(
            $"{SelectRun} WHERE r.batch = $1 AND r.ended_at IS NOT NULL ORDER BY r.ended_at DESC, r.run DESC LIMIT $2",
            RowMapping.Run,
            batch,
            most
        );
        latest.Reverse();
        return latest;
    }

    /// <inheritdoc />
    public IReadOnlyList<RunRecord> EndedAfter(long batch, DateTimeOffset at, long index, int most) =>
        database.All(
            $"""
            {SelectRun} WHERE r.batch = $1 AND r.ended_at >= $2 AND (r.ended_at > $2 OR r.run > $3)
            ORDER BY r.ended_at, r.run LIMIT $4
            """,
            RowMapping.Run,
            batch,
            Timestamps.ToText(at),
            index,
            most
        );

    /// <inheritdoc />
    public IReadOnlyList<RunUnderWay> UnderWay(long batch, int most) =>
        database.All(
            $"""
            SELECT r.run, r.name, r.phase, r.task_state, coalesce(
                (SELECT e.at FROM steps AS e WHERE e.batch = r.batch AND e.run = r.run ORDER BY e.step DESC LIMIT 1),
                r.started_at) AS since
            FROM {UnderWayRuns} WHERE {IsUnderWay}
            ORDER BY since, r.run LIMIT $2
            """,
            row => new RunUnderWay(
                row.Whole("run"),
                row.Text("name"),
                KebabEnum<RunPhase>
                    .Parse(row.Text("phase"))
                    .ToState(
                        row.TextOrNull("task_state") is { } word ? KebabEnum<TaskState>.Parse(word) : TaskState.Queued
                    ),
                Timestamps.Parse(row.Text("since"))
            ),
            batch,
            most
        );

    /// <inheritdoc />
    public IReadOnlyDictionary<long, RunSolve> Solves(long batch) =>
        database
            .All(
                """
                SELECT s.* FROM solves AS s JOIN runs AS r ON r.batch = s.batch AND r.run = s.run
                WHERE s.batch = $1 AND r.phase = 'at-service'
                """,
                row => new RunSolve(
                    row.Whole("run"),
                    new SolveStatus(row.RealOrNull("incumbent"), row.RealOrNull("bound"), row.RealOrNull("gap")),
                    Timestamps.Parse(row.Text("at"))
                ),
                batch
            )
            .ToDictionary(solve => solve.Run);

    /// <inheritdoc />
    public IEnumerable<long> Ended(long batch) =>
        database.Stream(
            "SELECT run FROM runs WHERE batch = $1 AND phase IN ('completed', 'failed', 'cancelled') ORDER BY run",
            row => row.Whole("run"),
            batch
        );

    /// <inheritdoc />
    public StateCounts CountByState(long batch) =>
        database
            .All(
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
    public FailureCounts CountFailures(long batch) =>
        new(
            database
                .All(
                    "SELECT error_kind, count(*) AS n FROM runs WHERE batch = $1 AND phase = 'failed' GROUP BY 1",
                    row => (Kind: KebabEnum<RunErrorKind>.Parse(row.Text("error_kind")), Count: row.Whole("n")),
                    batch
                )
                .ToDictionary(pair => pair.Kind, pair => pair.Count)
        );

    /// <inheritdoc />
    public int? FoundConcurrency(long batch) =>
        database
            .All(
                "SELECT demand FROM demands WHERE batch = $1",
                row => JournalJson.DemandOf(row.Text("demand")).Found,
                batch
            )
            .FirstOrDefault();

    /// <inheritdoc />
    public long CountReused(long batch) =>
        database.All(
            "SELECT count(*) AS n FROM runs WHERE batch = $1 AND reused_batch IS NOT NULL",
            row => row.Whole("n"),
            batch
        )[0];

    /// <inheritdoc />
    public bool HasSessions(long batch) =>
        database.All(
            "SELECT EXISTS (SELECT 1 FROM runs WHERE batch = $1 AND (session_id IS NOT NULL OR user_name IS NOT NULL)) AS found",
            row => row.Whole("found"),
            batch
        )[0] == 1;

    /// <inheritdoc />
    public IReadOnlyDictionary<string, long> Marks(long batch) =>
        database
            .All(
                """
                SELECT settled AS mark, count(*) AS n FROM runs WHERE batch = $1 AND settled IS NOT NULL GROUP BY 1
                UNION ALL SELECT 'incumbent', count(*) FROM runs WHERE batch = $1 AND incumbent = 1
                UNION ALL SELECT 'key in response', count(*) FROM runs WHERE batch = $1 AND replace(notes, $2, '') <> notes
                """,
                row => (Mark: row.Text("mark"), Count: row.Whole("n")),
                batch,
                RunResults.KeyInResponse
            )
            .Where(mark => mark.Count > 0)
            .ToDictionary(
                mark =>
                    mark.Mark is "incumbent" or "key in response"
                        ? mark.Mark
                        : KebabEnum<SettlementVerdict>.Parse(mark.Mark).Word(),
                mark => mark.Count,
                StringComparer.Ordinal
            );

    /// <inheritdoc />
    public IEnumerable<RetainedTask> KeptTasks(long batch) =>
        database.Stream(
            """
            SELECT run, task_id FROM runs WHERE batch = $1 AND phase = 'completed' AND task_deleted = 0
                AND reused_batch IS NULL AND task_id IS NOT NULL ORDER BY run
            """,
            row => new RetainedTask(row.Whole("run"), new TaskId(row.Text("task_id"))),
            batch
        );

    /// <inheritdoc />
    public IReadOnlyList<TimeSpan> Durations(string serviceAddress, string? serviceName, int most) =>
        database.All(
            """
            SELECT r.started_at, r.ended_at
            FROM runs AS r JOIN batches AS b ON b.number = r.batch
            WHERE rtrim(b.service, '/') = rtrim($1, '/') AND b.service_name IS NOT DISTINCT FROM $2 AND r.phase = 'completed' AND r.reused_batch IS NULL
            ORDER BY r.batch DESC, r.run DESC LIMIT $3
            """,
            row =>
            {
                var duration = Timestamps.Parse(row.Text("ended_at")) - Timestamps.Parse(row.Text("started_at"));
                return duration > TimeSpan.Zero ? duration : TimeSpan.Zero;
            },
            serviceAddress,
            serviceName,
            most
        );

    /// <inheritdoc />
    public IReadOnlyList<TaskTimes> TaskTimes(string serviceAddress, string? serviceName, int most)
    {
        var batches = database.All(
            """
            SELECT number FROM batches WHERE rtrim(service, '/') = rtrim($1, '/') AND service_name IS NOT DISTINCT FROM $2
            ORDER BY number DESC LIMIT $3
            """,
            row => row.Whole("number"),
            serviceAddress,
            serviceName,
            LatestBatches
        );
        List<TaskTimes> times = [];
        foreach (var batch in batches.TakeWhile(_ => times.Count < most))
        {
            // Backwards through the table's own order.
            times.AddRange(
                database.All(
                    """
                    SELECT queue_seconds, run_seconds FROM runs
                    WHERE batch = $1 AND run_seconds IS NOT NULL AND reused_batch IS NULL ORDER BY run DESC LIMIT $2
                    """,
                    row => new TaskTimes(
                        row.RealOrNull("queue_seconds") is { } queue ? Timestamps.Duration(queue) : TimeSpan.Zero,
                        Timestamps.Duration(row.RealOrNull("run_seconds")!.Value)
                    ),
                    batch,
                    most - times.Count
                )
            );
        }

        return times;
    }

    /// <inheritdoc />
    public bool HasResults() =>
        database.All("SELECT 1 FROM runs WHERE phase = 'completed' AND key IS NOT NULL LIMIT 1", _ => true).Count > 0;
}
