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
/// Writes where a run stands now: one row per run, which is the run as its events fold it. A row that is there is updated
/// first, since all but the first event of a run find one; an upsert makes the whole journal a twentieth slower, measured.
/// </summary>
internal sealed class RunRowWriter(SqliteConnection connection) : IDisposable
{
    private readonly SqliteStatement _insert = new(
        connection,
        $"""
        INSERT INTO runs ({RunRow.Columns})
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23,
            $24, $25, $26, $27, $28, $29, $30)
        """
    );

    private readonly SqliteStatement _update = new(
        connection,
        $"UPDATE runs SET {Assignments} WHERE batch = $1 AND run = $2"
    );

    private readonly Statement _deleted = new SqliteStatement(
        connection,
        "UPDATE runs SET task_deleted = 1 WHERE batch = $1 AND run = $2"
    );

    /// <param name="batch">The batch's number.</param>
    /// <param name="planned">What the run is.</param>
    /// <param name="run">Where it stands.</param>
    /// <param name="response">The number of its response; null where it has none.</param>
    public void Write(long batch, PlannedRun planned, Run run, long? response)
    {
        if (run.EventCount == 1 || !_update.Changes(RunRow.State(batch, planned.Index, run, response)))
        {
            _insert.Run(RunRow.Values(batch, planned, run, response));
        }
    }

    /// <summary>The service no longer keeps the run's task.</summary>
    public void Write(TaskDeleted deleted) => _deleted.Run(deleted.Batch, deleted.Run);

    public void Dispose()
    {
        _insert.Dispose();
        _update.Dispose();
        _deleted.Dispose();
    }

    /// <summary>Each changing column with its parameter; the first two are the run's key.</summary>
    private static string Assignments =>
        string.Join(", ", RunRow.Changing.Split(',').Select((column, i) => $"{column.Trim()} = ${i + 3}"));
}
