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

/// <summary>Writes where a run stands now: one row per run, which is the run as its events fold it.</summary>
internal sealed class RunRowWriter(SqliteConnection connection) : IDisposable
{
    private readonly Statement _upsert = new SqliteStatement(
        connection,
        """
        INSERT INTO runs (batch, run, key, name, parameters, started_at, phase, attempts, submit_at, lost_at, settled,
            task_id, task_state, queue_seconds, run_seconds, return_code, ended_at, results, notes, reading, incumbent,
            reused_batch, reused_run, error_kind, error, error_copied_from, response, cut_seconds,
            session_id, user_name)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23,
            $24, $25, $26, $27, $28, $29, $30)
        ON CONFLICT (batch, run) DO UPDATE SET phase = excluded.phase, attempts = excluded.attempts,
            submit_at = excluded.submit_at, lost_at = excluded.lost_at, settled = excluded.settled,
            task_id = excluded.task_id, task_state = excluded.task_state, queue_seconds = excluded.queue_seconds,
            run_seconds = excluded.run_seconds, return_code = excluded.return_code, ended_at = excluded.ended_at,
            results = excluded.results, notes = excluded.notes, reading = excluded.reading,
            incumbent = excluded.incumbent, reused_batch = excluded.reused_batch, reused_run = excluded.reused_run,
            error_kind = excluded.error_kind, error = excluded.error,
            error_copied_from = excluded.error_copied_from, response = excluded.response,
            cut_seconds = excluded.cut_seconds, session_id = excluded.session_id, user_name = excluded.user_name
        """
    );

    private readonly Statement _deleted = new SqliteStatement(
        connection,
        "UPDATE runs SET task_deleted = 1 WHERE batch = $1 AND run = $2"
    );

    /// <param name="batch">The batch's number.</param>
    /// <param name="planned">What the run is.</param>
    /// <param name="run">Where it stands.</param>
    /// <param name="response">The number of its response; null where it has none.</param>
    public void Write(long batch, PlannedRun planned, Run run, long? response) =>
        _upsert.Run(
            batch,
            planned.Index,
            planned.Key?.ToBytes(),
            planned.Name,
            planned.Parameters.ToJson(),
            Timestamps.ToText(run.StartedAt),
            KebabEnum<RunPhase>.Of(run.Phase),
            run.Attempts,
            Timestamps.ToText(run.IntendedAt),
            Timestamps.ToText(run.LostAt),
            KebabEnum<SettlementVerdict>.Of(run.Settled),
            run.TaskId?.Value,
            run.TaskId is null && run.Task is null ? null : KebabEnum<TaskState>.Of(run.TaskState),
            run.Task?.QueueTime?.TotalSeconds,
            run.Task?.RunTime?.TotalSeconds,
            run.Task?.ReturnCode,
            Timestamps.ToText(run.EndedAt),
            run.Results?.ValuesJson,
            run.Results?.Notes,
            run.Extraction?.ToBytes(),
            run.IsIncumbent,
            run.CopiedFrom?.Batch,
            run.CopiedFrom?.Run,
            KebabEnum<RunErrorKind>.Of(run.Error?.Kind),
            run.Error?.Cause,
            run.Error?.CopiedFrom,
            response,
            run.CutAfter?.TotalSeconds,
            run.Task?.SessionId,
            run.Task?.UserName
        );

    /// <summary>The service no longer keeps the run's task.</summary>
    public void Write(TaskDeleted deleted) => _deleted.Run(deleted.Batch, deleted.Run);

    public void Dispose()
    {
        _upsert.Dispose();
        _deleted.Dispose();
    }
}
