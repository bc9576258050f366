using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Settlement;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Journal.Sqlite;
using AimmsOrchestrator.Journal.Text;
using Microsoft.Data.Sqlite;

namespace AimmsOrchestrator.Tests.Journal;

/// <summary>
/// How releases up to schema 5 kept the row of a run: by statements that changed it with every event. The fold of the events
/// is held against them.
/// </summary>
internal sealed class RunRowStatements(SqliteConnection connection) : IDisposable
{
    private readonly SqliteStatement _begin = new(
        connection,
        """
        INSERT INTO runs (batch, run, key, name, parameters, phase, attempts, started_at)
        VALUES (?1, ?2, ?3, ?4, ?5, 'pending', 0, ?6) ON CONFLICT DO NOTHING
        """
    );

    private readonly SqliteStatement _submitting = new(
        connection,
        "UPDATE runs SET phase = 'submitting', attempts = ?3, submit_at = ?4, lost_at = NULL WHERE batch = ?1 AND run = ?2"
    );

    private readonly SqliteStatement _unconfirmed = new(
        connection,
        "UPDATE runs SET phase = 'unconfirmed', lost_at = ?3 WHERE batch = ?1 AND run = ?2"
    );

    private readonly SqliteStatement _settled = new(
        connection,
        "UPDATE runs SET settled = ?3 WHERE batch = ?1 AND run = ?2"
    );

    private readonly SqliteStatement _incumbent = new(
        connection,
        "UPDATE runs SET incumbent = 1 WHERE batch = ?1 AND run = ?2"
    );

    private readonly SqliteStatement _submitted = new(
        connection,
        "UPDATE runs SET phase = 'at-service', task_id = ?3, task_state = 'queued' WHERE batch = ?1 AND run = ?2"
    );

    private readonly SqliteStatement _pending = new(
        connection,
        "UPDATE runs SET phase = 'pending', task_id = NULL, task_state = NULL WHERE batch = ?1 AND run = ?2"
    );

    private readonly SqliteStatement _reopened = new(
        connection,
        """
        UPDATE runs SET phase = 'pending', ended_at = NULL, task_id = NULL, task_state = NULL, queue_seconds = NULL,
            run_seconds = NULL, return_code = NULL, results = NULL, notes = NULL, error_kind = NULL, error = NULL,
            response = NULL, reading = NULL, settled = NULL
        WHERE batch = ?1 AND run = ?2
        """
    );

    private readonly SqliteStatement _seen = new(
        connection,
        "UPDATE runs SET task_state = ?3 WHERE batch = ?1 AND run = ?2"
    );

    private readonly SqliteStatement _task = new(
        connection,
        """
        UPDATE runs SET phase = 'retrieving', task_state = ?3, queue_seconds = ?4, run_seconds = ?5, return_code = ?6
        WHERE batch = ?1 AND run = ?2
        """
    );

    private readonly SqliteStatement _end = new(
        connection,
        """
        UPDATE runs SET phase = ?3, ended_at = ?4, results = ?5, notes = ?6, error_kind = ?7, error = ?8, response = ?9,
            reading = ?10
        WHERE batch = ?1 AND run = ?2
        """
    );

    private readonly SqliteStatement _reused = new(
        connection,
        "UPDATE runs SET reused_batch = ?3, reused_run = ?4, task_id = ?5 WHERE batch = ?1 AND run = ?2"
    );

    public void Apply(RunEventEntry entry)
    {
        var (batch, run, at) = (entry.Batch, entry.Planned.Index, Timestamps.ToText(entry.Event.At));
        if (entry.Event is SubmitIntended or RunFailed or RunReused or RunCancelled)
        {
            var planned = entry.Planned;
            _begin.Run(batch, run, planned.Key?.ToBytes(), planned.Name, planned.Parameters.ToJson(), at);
        }

        switch (entry.Event)
        {
            case SubmitIntended or SubmitUnconfirmed or SubmitSettled or Submitted:
                ApplySubmit(batch, run, at, entry.Event);
                break;

            case SubmitFailed
            or TaskForgotten
            or AttemptFailed:
                _pending.Run(batch, run);
                break;

            case TaskSeen e:
                _seen.Run(batch, run, KebabEnum<TaskState>.Of(e.State));
                break;

            case TaskCompleted e:
                TaskEnded(batch, run, e.Task);
                break;

            case TaskFailed e:
                TaskEnded(batch, run, e.Task);
                break;

            case RunReopened:
                _reopened.Run(batch, run);
                break;

            default:
                End(batch, run, at, entry.Event);
                break;
        }
    }

    public void Dispose()
    {
        SqliteStatement[] all =
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
            _reused,
        ];
        foreach (var statement in all)
        {
            statement.Dispose();
        }
    }

    private void ApplySubmit(long batch, long run, string at, RunEvent happened)
    {
        switch (happened)
        {
            case SubmitIntended e:
                _submitting.Run(batch, run, e.Attempt, at);
                break;

            case SubmitUnconfirmed:
                _unconfirmed.Run(batch, run, at);
                break;

            case SubmitSettled e:
                _settled.Run(batch, run, KebabEnum<SettlementVerdict>.Of(e.Verdict));
                if (e.Task is { } adopted)
                {
                    _submitted.Run(batch, run, adopted.Value);
                }
                else
                {
                    _pending.Run(batch, run);
                }

                break;

            case Submitted e:
                _submitted.Run(batch, run, e.Task.Value);
                break;
        }
    }

    private void End(long batch, long run, string at, RunEvent happened)
    {
        switch (happened)
        {
            case RunCompleted e:
                Completed(batch, run, at, e.Results, e.Extraction);
                if (e.IsIncumbent)
                {
                    _incumbent.Run(batch, run);
                }

                break;

            case RunReused e:
                TaskEnded(batch, run, e.Task);
                Completed(batch, run, at, e.Results, e.Extraction);
                _reused.Run(batch, run, e.Source.Batch, e.Source.Run, e.Task.Id.Value);
                break;

            case RunFailed e:
                if (e.Task is { } task)
                {
                    TaskEnded(batch, run, task);
                }

                var kind = KebabEnum<RunErrorKind>.Of(e.Error.Kind);
                _end.Run(
                    batch,
                    run,
                    "failed",
                    at,
                    e.Results?.ValuesJson,
                    e.Results?.Notes,
                    kind,
                    e.Error.Cause,
                    null,
                    null
                );
                break;

            case RunCancelled:
                _end.Run(batch, run, "cancelled", at, null, null, null, null, null, null);
                break;
        }
    }

    private void Completed(long batch, long run, string at, RunResults results, ExtractionKey? key) =>
        _end.Run(batch, run, "completed", at, results.ValuesJson, results.Notes, null, null, null, key?.ToBytes());

    private void TaskEnded(long batch, long run, TaskSnapshot task) =>
        _task.Run(
            batch,
            run,
            KebabEnum<TaskState>.Of(task.State),
            task.QueueTime?.TotalSeconds,
            task.RunTime?.TotalSeconds,
            task.ReturnCode
        );
}
