using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Journal.Storage;
using AimmsOrchestrator.Journal.Text;
using Microsoft.Data.Sqlite;

namespace AimmsOrchestrator.Journal.Writing;

/// <summary>Writes a run's step, and what follows from it for the run's row: a few prepared statements a step.</summary>
internal sealed class StepWriter(SqliteConnection connection) : IDisposable
{
    private readonly Statement _step = new(
        connection,
        """
        INSERT INTO steps (batch, run, step, at, event, attempt, task_id, task_state, task, fault, counts, results, notes,
            is_success, error_kind, message, response, reused_batch, reused_run)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)
        """
    );

    private readonly Statement _lastStep = new(
        connection,
        "SELECT coalesce(max(step), 0) FROM steps WHERE batch = ?1 AND run = ?2"
    );

    /// <summary>The last step of each run under way, so that it need not be looked up for each one.</summary>
    private readonly Dictionary<(long Batch, long Run), long> _stepsOf = [];

    private readonly Statement _begin = new(
        connection,
        """
        INSERT INTO runs (batch, run, key, name, parameters, phase, attempts, started_at)
        VALUES (?1, ?2, ?3, ?4, ?5, 'pending', 0, ?6) ON CONFLICT DO NOTHING
        """
    );

    private readonly Statement _submitting = new(
        connection,
        "UPDATE runs SET phase = 'submitting', attempts = ?3 WHERE batch = ?1 AND run = ?2"
    );

    private readonly Statement _submitted = new(
        connection,
        "UPDATE runs SET phase = 'at-service', task_id = ?3, task_state = 'queued' WHERE batch = ?1 AND run = ?2"
    );

    private readonly Statement _pending = new(
        connection,
        "UPDATE runs SET phase = 'pending', task_id = NULL, task_state = NULL WHERE batch = ?1 AND run = ?2"
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
        UPDATE runs SET phase = ?3, ended_at = ?4, results = ?5, notes = ?6, error_kind = ?7, error = ?8, response = ?9
        WHERE batch = ?1 AND run = ?2
        """
    );

    private readonly Statement _response = new(
        connection,
        "INSERT INTO responses (media_type, body) VALUES (?1, ?2) RETURNING id"
    );

    private readonly Statement _reopened = new(
        connection,
        """
        UPDATE runs SET phase = 'pending', ended_at = NULL, task_id = NULL, task_state = NULL, queue_seconds = NULL,
            run_seconds = NULL, return_code = NULL, results = NULL, notes = NULL, error_kind = NULL, error = NULL,
            response = NULL
        WHERE batch = ?1 AND run = ?2
        """
    );

    private readonly Statement _keptResponse = new(
        connection,
        "SELECT response FROM runs WHERE batch = ?1 AND run = ?2"
    );

    private readonly Statement _reused = new(
        connection,
        "UPDATE runs SET reused_batch = ?3, reused_run = ?4, task_id = ?5 WHERE batch = ?1 AND run = ?2"
    );

    public void Write(RunStep step)
    {
        var (batch, run, at) = (step.Batch, step.Run.Index, Moments.Text(step.Event.At));
        switch (step.Event)
        {
            case SubmitIntended e:
                Begin(step, at);
                Step(batch, run, at, "submit-intended", attempt: e.Attempt);
                _submitting.Run(batch, run, e.Attempt);
                break;

            case Submitted e:
                Step(batch, run, at, "submitted", attempt: e.Attempt, taskId: e.Task.Value);
                _submitted.Run(batch, run, e.Task.Value);
                break;

            case SubmitFailed e:
                Step(
                    batch,
                    run,
                    at,
                    "submit-failed",
                    attempt: e.Attempt,
                    fault: JournalJson.Text(e.Fault),
                    counts: e.Counts
                );
                _pending.Run(batch, run);
                break;

            case TaskForgotten e:
                Step(batch, run, at, "task-forgotten", message: e.Reason);
                _pending.Run(batch, run);
                break;

            case RunReopened:
                Step(batch, run, at, "run-reopened");
                _reopened.Run(batch, run);
                break;

            case TaskSeen e:
                Step(batch, run, at, "task-seen", taskState: Words<TaskState>.Of(e.State));
                _seen.Run(batch, run, Words<TaskState>.Of(e.State));
                break;

            case TaskCompleted e:
                Step(batch, run, at, "task-completed", task: JournalJson.Text(e.Task));
                Ended(batch, run, e.Task);
                break;

            default:
                WriteEnd(step, at);
                break;
        }
    }

    /// <summary>A transaction was rolled back: what was counted in it did not happen.</summary>
    public void Forget() => _stepsOf.Clear();

    public void Dispose()
    {
        Statement[] all =
        [
            _step,
            _lastStep,
            _begin,
            _submitting,
            _submitted,
            _pending,
            _seen,
            _task,
            _end,
            _response,
            _keptResponse,
            _reopened,
            _reused,
        ];
        foreach (var statement in all)
        {
            statement.Dispose();
        }
    }

    private void WriteEnd(RunStep step, string at)
    {
        var (batch, run) = (step.Batch, step.Run.Index);
        switch (step.Event)
        {
            case RunCompleted e:
                var completed = Keep(e.Response);
                Step(batch, run, at, "run-completed", results: e.Results, response: completed);
                _end.Run(batch, run, "completed", at, e.Results.ValuesJson, e.Results.Notes, null, null, completed);
                break;

            case RunReused e:
                Begin(step, at);
                Reused(batch, run, at, e);
                break;

            case RunFailed e:
                Begin(step, at);
                Failed(batch, run, at, e);
                break;

            case RunCancelled e:
                Begin(step, at);
                Step(batch, run, at, "run-cancelled", message: e.Reason);
                _end.Run(batch, run, "cancelled", at, null, null, null, null, null);
                break;

            default:
                throw new InvalidOperationException($"The journal has no way to keep {step.Event.GetType().Name}.");
        }

        _stepsOf.Remove((batch, run));
    }

    private void Begin(RunStep step, string at)
    {
        var run = step.Run;
        _begin.Run(
            step.Batch,
            run.Index,
            run.Key is { } key ? Convert.FromHexString(key.Hex) : null,
            run.Name,
            run.Parameters.ToJson(),
            at
        );
    }

    private void Failed(long batch, long run, string at, RunFailed e)
    {
        var response = Keep(e.Response);
        var kind = Words<RunErrorKind>.Of(e.Error.Kind);
        Step(
            batch,
            run,
            at,
            "run-failed",
            task: JournalJson.Text(e.Task),
            results: e.Results,
            errorKind: kind,
            message: e.Error.Message,
            response: response
        );
        if (e.Task is { } task)
        {
            Ended(batch, run, task);
        }

        _end.Run(batch, run, "failed", at, e.Results?.ValuesJson, e.Results?.Notes, kind, e.Error.Message, response);
    }

    private void Reused(long batch, long run, string at, RunReused e)
    {
        var (sourceBatch, sourceRun) = (e.Source.Batch, e.Source.Run);
        var kept = _keptResponse.NumberOrNull(sourceBatch, sourceRun);
        Step(
            batch,
            run,
            at,
            "run-reused",
            task: JournalJson.Text(e.Task),
            results: e.Results,
            response: kept,
            reused: e.Source
        );
        Ended(batch, run, e.Task);
        _end.Run(batch, run, "completed", at, e.Results.ValuesJson, e.Results.Notes, null, null, kept);
        _reused.Run(batch, run, sourceBatch, sourceRun, e.Task.Id.Value);
    }

    private void Ended(long batch, long run, TaskSnapshot task) =>
        _task.Run(
            batch,
            run,
            Words<TaskState>.Of(task.State),
            Moments.Seconds(task.QueueTime),
            Moments.Seconds(task.RunTime),
            task.ReturnCode
        );

    private long? Keep(TaskResponse? response) =>
        response is null ? null : _response.Number(response.MediaType, response.Body.ToArray());

    private void Step(
        long batch,
        long run,
        string at,
        string name,
        int? attempt = null,
        string? taskId = null,
        string? taskState = null,
        string? task = null,
        string? fault = null,
        bool? counts = null,
        RunResults? results = null,
        string? errorKind = null,
        string? message = null,
        long? response = null,
        RunReference? reused = null
    )
    {
        var step = NextStep(batch, run, isFirst: attempt == 1 && taskId is null && fault is null);
        _step.Run(
            batch,
            run,
            step,
            at,
            name,
            attempt,
            taskId,
            taskState,
            task,
            fault,
            counts,
            results?.ValuesJson,
            results?.Notes,
            results?.IsSuccess,
            errorKind,
            message,
            response,
            reused?.Batch,
            reused?.Run
        );
    }

    private long NextStep(long batch, long run, bool isFirst)
    {
        if (!_stepsOf.TryGetValue((batch, run), out var last))
        {
            last = isFirst ? 0 : _lastStep.Number(batch, run);
        }

        return _stepsOf[(batch, run)] = last + 1;
    }
}
