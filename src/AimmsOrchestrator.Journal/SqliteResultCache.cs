using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Journal.Reading;
using AimmsOrchestrator.Journal.Storage;
using AimmsOrchestrator.Journal.Text;
using Microsoft.Data.Sqlite;

namespace AimmsOrchestrator.Journal;

/// <summary>Finds what was asked before, by the runs' keys: one look into an index a question. For one thread at a time.</summary>
public sealed class SqliteResultCache : IResultCache
{
    private readonly SqliteConnection _connection;
    private readonly string _file;
    private readonly long _batch;
    private readonly long _oldest;
    private readonly Statement _answer;

    internal SqliteResultCache(SqliteConnection connection, string file, long batch, bool isFresh)
    {
        _connection = connection;
        _file = file;
        _batch = batch;
        _oldest = isFresh ? batch : 0;
        _answer = new Statement(connection, $"SELECT 1 FROM runs AS r WHERE {IsAnswer("?1", "?2", "?3")} LIMIT 1");
    }

    /// <inheritdoc />
    public bool Contains(RunKey key, ExtractionKey reading) =>
        SqliteErrors.Guard(
            _file,
            () => _answer.HasRow(Convert.FromHexString(key.Hex), _oldest, Convert.FromHexString(reading.Hex))
        );

    /// <inheritdoc />
    public CachedOutcome? Find(RunKey key, ExtractionKey reading) =>
        SqliteErrors.Guard(_file, () => Answered(key, reading) ?? Failed(key));

    public void Dispose()
    {
        _answer.Dispose();
        _connection.Dispose();
    }

    /// <summary>A run has the answer itself, or the very figures that would be taken from it.</summary>
    private static string IsAnswer(string key, string oldest, string reading) =>
        $"r.key = {key} AND r.phase = 'completed' AND r.batch >= {oldest} AND (r.reading IS NULL OR r.reading = {reading})";

    private CachedOutcome? Answered(RunKey key, ExtractionKey reading) =>
        Contains(key, reading)
            ? First(
                $"""
                SELECT r.batch, r.run, r.reading, r.results, r.notes, p.media_type, p.body, (
                    SELECT s.task FROM steps AS s WHERE s.batch = r.batch AND s.run = r.run AND s.task IS NOT NULL
                    ORDER BY s.step DESC LIMIT 1) AS task
                FROM runs AS r LEFT JOIN responses AS p ON p.id = r.response
                WHERE {IsAnswer("$1", "$2", "$3")} ORDER BY r.reading IS NOT NULL, r.batch DESC, r.run LIMIT 1
                """,
                Answer,
                key,
                _oldest,
                Convert.FromHexString(reading.Hex)
            )
            : null;

    private static CachedOutcome Answer(Row row)
    {
        var source = new RunReference(row.Whole("batch"), row.Whole("run"));
        var task = row.TextOrNull("task") is { } written
            ? JournalJson.Task(written)
            : throw new JournalException("a completed run of an earlier batch has no task");
        if (row.BytesOrNull("reading") is { } reading)
        {
            var results = new RunResults(row.TextOrNull("results") ?? "{}", row.TextOrNull("notes"), IsSuccess: true);
            return new CachedOutcome.ResultsOnly(
                source,
                task,
                results,
                new ExtractionKey(Convert.ToHexStringLower(reading))
            );
        }

        var response = row.BytesOrNull("body") is { } body
            ? new TaskResponse(body, row.TextOrNull("media_type"))
            : null;
        return new CachedOutcome.WithResponse(source, task, response);
    }

    private CachedOutcome.Failed? Failed(RunKey key) =>
        First(
            "SELECT batch, run, error_kind, error, error_copied_from FROM runs WHERE key = $1 AND phase = 'failed' AND batch = $2 ORDER BY run LIMIT 1",
            row => new CachedOutcome.Failed(
                new RunReference(row.Whole("batch"), row.Whole("run")),
                RowMapping.Error(row)
            ),
            key,
            _batch
        );

    private T? First<T>(string sql, Func<Row, T> read, RunKey key, params ReadOnlySpan<object?> others)
        where T : class
    {
        using var command = _connection.Command(sql, [Convert.FromHexString(key.Hex), .. others]);
        using var reader = command.ExecuteReader();
        return reader.Read() ? read(new Row(reader)) : null;
    }
}
