using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Settlement;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Journal.Storage;
using AimmsOrchestrator.Journal.Text;
using Microsoft.Data.Sqlite;

namespace AimmsOrchestrator.Journal.Writing;

/// <summary>Writes where a run stands now: the row that follows from its steps.</summary>
internal sealed class RunRowWriter(SqliteConnection connection) : IDisposable
{
    private readonly Statement _begin = new(
        connection,
        """
        INSERT INTO runs (batch, run, key, name, parameters, phase, attempts, started_at)
        VALUES (?1, ?2, ?3, ?4, ?5, 'pending', 0, ?6) ON CONFLICT DO NOTHING
        """
    );

    private readonly Statement _submitting = new(
        connection,
        "UPDATE runs SET phase = 'submitting', attempts = ?3, submit_at = ?4, lost_at = NULL WHERE batch = ?1 AND run = ?2"
    );

    private readonly Statement _unconfirmed = new(
        connection,
        "UPDATE runs SET phase = 'unconfirmed', lost_at = ?3 WHERE batch = ?1 AND run = ?2"
    );

    private readonly Statement _settled = new(connection, "UPDATE runs SET settled = ?3 WHERE batch = ?1 AND run = ?2");

    private readonly Statement _incumbent = new(
        connection,
        "UPDATE runs SET incumbent = 1 WHERE batch = ?1 AND run = ?2"
    );

    private readonly Statement _deleted = new(
        connection,
        "UPDATE runs SET task_deleted = 1 WHERE batch = ?1 AND run = ?2"
    );

    private readonly Statement _submitted = new(
        connection,
        "UPDATE runs SET phase = 'at-service', task_id = ?3, task_state = 'queued' WHERE batch = ?1 AND run = ?2"
    );

    private readonly Statement _pending = new(
        connection,
        "UPDATE runs SET phase = 'pending', task_id = NULL, task_state = NULL WHERE batch = ?1 AND run = ?2"
    );

    private readonly Statement _reopened = new(
        connection,
        """
        UPDATE runs SET phase = 'pending', ended_at = NULL, task_id = NULL, task_state = NULL, queue_seconds = NULL,
            run_seconds = NULL, return_code = NULL, results = NULL, notes = NULL, error_kind = NULL, error = NULL,
            error_copied_from = NULL, response = NULL, reading = NULL, settled = NULL
        WHERE batch = ?1 AND run = ?2
        """
    );

    private readonly Statement _seen = new(connection, "UPDATE runs SET task_state = ?3 WHERE batch = ?1 AND run = ?2");

    private readonly Statement _task = new(
        connection,
        """
        UPDATE runs SET phase = 'retrieving', task_state = ?3, queue_seconds = ?4, run_seconds = ?5, return_code = ?6
        WHERE batch = ?1 AND run = ?2
        """
    );

    private readonly Statement _end = new(
        connection,
        """
        UPDATE runs SET phase = ?3, ended_at = ?4, results = ?5, notes = ?6, error_kind = ?7, error = ?8, response = ?9,
            reading = ?10, error_copied_from = ?11
        WHERE batch = ?1 AND run = ?2
        """
    );

    private readonly Statement _reused = new(
        connection,
        "UPDATE runs SET reused_batch = ?3, reused_run = ?4, task_id = ?5 WHERE batch = ?1 AND run = ?2"
    );

    /// <summary>The row itself; false where it is there already.</summary>
    public bool Begin(long batch, PlannedRun run, string at) =>
        _begin.Changes(
            batch,
            run.Index,
            run.Key is { } key ? Convert.FromHexString(key.Hex) : null,
            run.Name,
            run.Parameters.ToJson(),
            at
        );

    public void Submitting(long batch, long run, int attempt, string at) => _submitting.Run(batch, run, attempt, at);

    /// <summary>The service may have it or not.</summary>
    public void Unconfirmed(long batch, long run, string at) => _unconfirmed.Run(batch, run, at);

    /// <summary>What became of it.</summary>
    public void Settled(long batch, long run, SubmitSettled settled)
    {
        _settled.Run(batch, run, KebabEnum<SettlementVerdict>.Of(settled.Verdict));
        if (settled.Task is { } task)
        {
            Submitted(batch, run, task);
        }
        else
        {
            Pending(batch, run);
        }
    }

    /// <summary>Its task is no longer kept at the service.</summary>
    public void TaskDeleted(long batch, long run) => _deleted.Run(batch, run);

    public void Submitted(long batch, long run, TaskId task) => _submitted.Run(batch, run, task.Value);

    /// <summary>Whatever was submitted is not at the service.</summary>
    public void Pending(long batch, long run) => _pending.Run(batch, run);

    /// <summary>Nothing is left of how it ended.</summary>
    public void Reopened(long batch, long run) => _reopened.Run(batch, run);

    public void Seen(long batch, long run, TaskState state) => _seen.Run(batch, run, KebabEnum<TaskState>.Of(state));

    /// <summary>Its task has ended at the service.</summary>
    public void TaskEnded(long batch, long run, TaskSnapshot task) =>
        _task.Run(
            batch,
            run,
            KebabEnum<TaskState>.Of(task.State),
            Timestamps.Seconds(task.QueueTime),
            Timestamps.Seconds(task.RunTime),
            task.ReturnCode
        );

    /// <param name="reading">How the figures were taken, where the response is not kept.</param>
    public void Completed(
        long batch,
        long run,
        string at,
        RunResults results,
        long? response,
        ExtractionKey? reading
    ) =>
        _end.Run(
            batch,
            run,
            "completed",
            at,
            results.ValuesJson,
            results.Notes,
            null,
            null,
            response,
            reading is { } key ? Convert.FromHexString(key.Hex) : null,
            null
        );

    /// <summary>Its result is the best that the solver had when it was interrupted.</summary>
    public void Incumbent(long batch, long run) => _incumbent.Run(batch, run);

    public void Failed(long batch, long run, string at, RunResults? results, RunError error, long? response) =>
        _end.Run(
            batch,
            run,
            "failed",
            at,
            results?.ValuesJson,
            results?.Notes,
            KebabEnum<RunErrorKind>.Of(error.Kind),
            error.Cause,
            response,
            null,
            error.CopiedFrom
        );

    public void Cancelled(long batch, long run, string at) =>
        _end.Run(batch, run, "cancelled", at, null, null, null, null, null, null, null);

    /// <summary>Whose answer it has.</summary>
    public void Reused(long batch, long run, RunReference source, TaskId task) =>
        _reused.Run(batch, run, source.Batch, source.Run, task.Value);

    public void Dispose()
    {
        Statement[] all =
        [
            _begin,
            _submitting,
            _unconfirmed,
            _settled,
            _submitted,
            _pending,
            _reopened,
            _seen,
            _task,
            _end,
            _incumbent,
            _deleted,
            _reused,
        ];
        foreach (var statement in all)
        {
            statement.Dispose();
        }
    }
}
