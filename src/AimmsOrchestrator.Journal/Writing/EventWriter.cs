using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Settlement;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Journal.Sql;
using AimmsOrchestrator.Journal.Sqlite;
using AimmsOrchestrator.Journal.Text;
using Microsoft.Data.Sqlite;

namespace AimmsOrchestrator.Journal.Writing;

/// <summary>
/// Writes runs' events, and the row that each run has after them: once per group of entries, however many events of the run
/// are in it.
/// </summary>
internal sealed class EventWriter(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<RunReference, PendingRow> _pending = [];

    private readonly Statement _event = new SqliteStatement(
        connection,
        $"""
        INSERT INTO steps ({StepRow.Columns})
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        """
    );

    private readonly Statement _response = new SqliteStatement(
        connection,
        "INSERT INTO responses (media_type, body) VALUES ($1, $2) RETURNING id"
    );

    private readonly Statement _space = new SqliteStatement(
        connection,
        "INSERT INTO responses (media_type, body) VALUES ($1, zeroblob($2)) RETURNING id"
    );

    private readonly Statement _responseOf = new SqliteStatement(
        connection,
        "SELECT response FROM runs WHERE batch = $1 AND run = $2"
    );

    private readonly Statement _size = new SqliteStatement(
        connection,
        """
        INSERT INTO sizes (batch, responses, events) VALUES ($1, $2, $3)
        ON CONFLICT (batch) DO UPDATE SET responses = responses + excluded.responses, events = events + excluded.events
        """
    );

    private readonly Dictionary<long, StoredSize> _sizes = [];
    private readonly RunRowWriter _rows = new(connection);

    public void Write(RunEventEntry entry)
    {
        var (batch, happened) = (entry.Batch, entry.Event);
        var response = StepRow.CopiedBy(happened) is { } source
            ? ResponseOf(source)
            : Write(StepRow.ResponseOf(happened));
        var payload = JournalJson.Text(happened);
        var (size, added) = (_sizes.GetValueOrDefault(batch, StoredSize.None), StepRow.SizeOf(happened, payload));
        _sizes[batch] = new StoredSize(size.Responses + added.Responses, size.Events + added.Events);
        _event.Run(StepRow.Values(entry, payload, response));
        _pending[new RunReference(batch, entry.Planned.Index)] = new PendingRow(entry.Planned, entry.After, response);
    }

    /// <summary>The service no longer keeps a run's task.</summary>
    public void Write(TaskDeleted deleted)
    {
        WriteRow(new RunReference(deleted.Batch, deleted.Run));
        _rows.Write(deleted);
    }

    /// <summary>Writes the rows of the runs that had events since; the last step before a commit.</summary>
    public void WriteRows()
    {
        foreach (var (run, row) in _pending)
        {
            _rows.Write(run.Batch, row.Planned, row.Run, row.Response);
        }

        _pending.Clear();
        foreach (var (batch, size) in _sizes)
        {
            _size.Run(batch, size.Responses, size.Events);
        }

        _sizes.Clear();
    }

    /// <summary>Forgets the rows of a group that is not committed.</summary>
    public void RollBack()
    {
        _pending.Clear();
        _sizes.Clear();
    }

    public void Dispose()
    {
        _event.Dispose();
        _response.Dispose();
        _space.Dispose();
        _responseOf.Dispose();
        _size.Dispose();
        _rows.Dispose();
    }

    private long? ResponseOf(RunReference run)
    {
        WriteRow(run);
        return _responseOf.NumberOrNull(run.Batch, run.Run);
    }

    private void WriteRow(RunReference run)
    {
        if (_pending.Remove(run, out var row))
        {
            _rows.Write(run.Batch, row.Planned, row.Run, row.Response);
        }
    }

    private long? Write(TaskResponse? response)
    {
        if (response is null)
        {
            return null;
        }

        if (response.Body.Length <= AnswerBudget.Small)
        {
            return _response.Number(response.MediaType, response.Body.ToArray());
        }

        // SQLite copies a value that it is given as a whole, twice: a large one is written into its place instead.
        var id = _space.Number(response.MediaType, response.Body.Length);
        using var blob = new SqliteBlob(connection, "responses", "body", id);
        blob.Write(response.Body.Span);
        return id;
    }

    private readonly record struct PendingRow(PlannedRun Planned, Run Run, long? Response);
}
