using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Settlement;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Journal.Sqlite;
using AimmsOrchestrator.Journal.Text;
using Microsoft.Data.Sqlite;

namespace AimmsOrchestrator.Journal.Writing;

/// <summary>Writes a run's events, each with the row that the run has after it.</summary>
internal sealed class EventWriter(SqliteConnection connection) : IDisposable
{
    private readonly Statement _event = new(
        connection,
        """
        INSERT INTO steps (batch, run, step, at, event, attempt, task_id, verdict, payload, response)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        """
    );

    private readonly Statement _response = new(
        connection,
        "INSERT INTO responses (media_type, body) VALUES ($1, $2) RETURNING id"
    );

    private readonly Statement _space = new(
        connection,
        "INSERT INTO responses (media_type, body) VALUES ($1, zeroblob($2)) RETURNING id"
    );

    private readonly Statement _responseOf = new(connection, "SELECT response FROM runs WHERE batch = $1 AND run = $2");

    private readonly RunRowWriter _rows = new(connection);

    public void Write(RunEventEntry entry)
    {
        var (batch, happened) = (entry.Batch, entry.Event);
        var response = happened switch
        {
            RunCompleted e => Write(e.Response),
            RunFailed { Source: { } source, Response: not null } => _responseOf.NumberOrNull(source.Batch, source.Run),
            RunFailed e => Write(e.Response),
            RunReused e => _responseOf.NumberOrNull(e.Source.Batch, e.Source.Run),
            _ => null,
        };
        _event.Run(
            batch,
            entry.Planned.Index,
            entry.After.EventCount,
            Timestamps.ToText(happened.At),
            EventNames.Of(happened),
            AttemptOf(happened),
            TaskOf(happened)?.Value,
            KebabEnum<SettlementVerdict>.Of((happened as SubmitSettled)?.Verdict),
            JournalJson.Text(happened),
            response
        );
        _rows.Write(batch, entry.Planned, entry.After, response);
    }

    /// <summary>The service no longer keeps a run's task.</summary>
    public void Write(TaskDeleted deleted) => _rows.Write(deleted);

    public void Dispose()
    {
        _event.Dispose();
        _response.Dispose();
        _space.Dispose();
        _responseOf.Dispose();
        _rows.Dispose();
    }

    private static int? AttemptOf(RunEvent happened) =>
        happened switch
        {
            SubmitIntended e => e.Attempt,
            Submitted e => e.Attempt,
            SubmitFailed e => e.Attempt,
            SubmitUnconfirmed e => e.Attempt,
            SubmitSettled e => e.Attempt,
            _ => null,
        };

    private static TaskId? TaskOf(RunEvent happened) =>
        happened switch
        {
            Submitted e => e.Task,
            SubmitSettled e => e.Task,
            _ => null,
        };

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
}
