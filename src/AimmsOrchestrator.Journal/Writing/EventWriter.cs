using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Settlement;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Journal.Reading;
using AimmsOrchestrator.Journal.Storage;
using AimmsOrchestrator.Journal.Text;
using Microsoft.Data.Sqlite;

namespace AimmsOrchestrator.Journal.Writing;

/// <summary>Writes a run's step, and what follows from it for the run's row: a few prepared statements a step.</summary>
internal sealed class EventWriter(SqliteConnection connection) : IDisposable
{
    private readonly Statement _step = new(
        connection,
        """
        INSERT INTO steps (batch, run, step, at, event, attempt, task_id, task_state, task, fault, counts, results, notes,
            is_success, error_kind, message, response, reused_batch, reused_run, detail, incumbent)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21)
        """
    );

    private readonly Statement _lastStep = new(
        connection,
        "SELECT coalesce(max(step), 0) FROM steps WHERE batch = ?1 AND run = ?2"
    );

    /// <summary>The last step of each run under way, so that it need not be looked up for each one.</summary>
    private readonly Dictionary<(long Batch, long Run), long> _stepsOf = [];

    private readonly Statement _response = new(
        connection,
        "INSERT INTO responses (media_type, body) VALUES (?1, ?2) RETURNING id"
    );

    private readonly Statement _keptResponse = new(
        connection,
        "SELECT response FROM runs WHERE batch = ?1 AND run = ?2"
    );

    private readonly RunRowWriter _rows = new(connection);

    public void Write(RunEventEntry step)
    {
        var (batch, run, at) = (step.Batch, step.Run.Index, Timestamps.ToText(step.Event.At));
        if (
            (step.Event is SubmitIntended or RunFailed or RunReused or RunCancelled) && _rows.Begin(batch, step.Run, at)
        )
        {
            // Nothing was kept of it before: its last step need not be looked up.
            _stepsOf[(batch, run)] = 0;
        }

        switch (step.Event)
        {
            case SubmitIntended or SubmitUnconfirmed or SubmitSettled or Submitted or SubmitFailed:
                WriteSubmit(batch, run, at, step.Event);
                break;

            case TaskForgotten
            or TaskSeen
            or TaskInterrupted
            or TaskCompleted
            or AttemptFailed:
                WriteTask(batch, run, at, step.Event);
                break;

            case RunReopened:
                Step(batch, run, at, "run-reopened");
                _rows.Reopened(batch, run);
                break;

            default:
                WriteEnd(batch, run, at, step.Event);
                _stepsOf.Remove((batch, run));
                break;
        }
    }

    /// <summary>The service no longer keeps a run's task.</summary>
    public void Write(TaskDeleted deleted) => _rows.TaskDeleted(deleted.Batch, deleted.Run);

    /// <summary>A transaction was rolled back: what was counted in it did not happen.</summary>
    public void Forget() => _stepsOf.Clear();

    public void Dispose()
    {
        Statement[] all = [_step, _lastStep, _response, _keptResponse];
        foreach (var statement in all)
        {
            statement.Dispose();
        }

        _rows.Dispose();
    }

    private void WriteSubmit(long batch, long run, string at, RunEvent step)
    {
        switch (step)
        {
            case SubmitIntended e:
                Step(batch, run, at, "submit-intended", attempt: e.Attempt);
                _rows.Submitting(batch, run, e.Attempt, at);
                break;

            case SubmitUnconfirmed e:
                Step(
                    batch,
                    run,
                    at,
                    "submit-unconfirmed",
                    attempt: e.Attempt,
                    counts: e.CountsAsAttempt,
                    message: e.Reason
                );
                _rows.Unconfirmed(batch, run, at);
                break;

            case SubmitSettled e:
                Step(
                    batch,
                    run,
                    at,
                    "submit-settled",
                    attempt: e.Attempt,
                    taskId: e.Task?.Value,
                    message: e.Reason,
                    detail: KebabEnum<SettlementVerdict>.Of(e.Verdict)
                );
                _rows.Settled(batch, run, e);
                break;

            case Submitted e:
                Step(batch, run, at, "submitted", attempt: e.Attempt, taskId: e.Task.Value);
                _rows.Submitted(batch, run, e.Task);
                break;

            case SubmitFailed e:
                Step(
                    batch,
                    run,
                    at,
                    "submit-failed",
                    attempt: e.Attempt,
                    fault: JournalJson.Text(e.Fault),
                    counts: e.CountsAsAttempt
                );
                _rows.Pending(batch, run);
                break;
        }
    }

    private void WriteTask(long batch, long run, string at, RunEvent step)
    {
        switch (step)
        {
            case TaskForgotten e:
                Step(batch, run, at, "task-forgotten", counts: e.CountsAsAttempt, message: e.Reason);
                _rows.Pending(batch, run);
                break;

            case AttemptFailed e:
                Step(
                    batch,
                    run,
                    at,
                    "attempt-failed",
                    task: JournalJson.Text(e.Task),
                    errorKind: KebabEnum<RunErrorKind>.Of(e.Error.Kind),
                    message: e.Error.Cause
                );
                _rows.Pending(batch, run);
                break;

            case TaskSeen e:
                Step(batch, run, at, "task-seen", taskState: KebabEnum<TaskState>.Of(e.State));
                _rows.Seen(batch, run, e.State);
                break;

            case TaskInterrupted e:
                Step(batch, run, at, "task-interrupted", message: e.Reason, detail: KebabEnum<Interrupt>.Of(e.How));
                break;

            case TaskCompleted e:
                Step(
                    batch,
                    run,
                    at,
                    "task-completed",
                    task: JournalJson.Text(e.Task),
                    detail: e.EndedBeforeInterrupt ? EventRows.EndedByItself : null
                );
                _rows.TaskEnded(batch, run, e.Task);
                break;
        }
    }

    private void WriteEnd(long batch, long run, string at, RunEvent end)
    {
        switch (end)
        {
            case RunCompleted e:
                var completed = Keep(e.Response);
                Step(
                    batch,
                    run,
                    at,
                    "run-completed",
                    results: e.Results,
                    response: completed,
                    detail: e.Reading?.Hex,
                    isIncumbent: e.IsIncumbent ? true : null
                );
                _rows.Completed(batch, run, at, e.Results, completed, e.Reading);
                if (e.IsIncumbent)
                {
                    _rows.Incumbent(batch, run);
                }

                break;

            case RunReused e:
                WriteReused(batch, run, at, e);
                break;

            case RunFailed e:
                WriteFailed(batch, run, at, e);
                break;

            case RunCancelled e:
                Step(batch, run, at, "run-cancelled", message: e.Reason);
                _rows.Cancelled(batch, run, at);
                break;

            default:
                throw new InvalidOperationException($"The journal has no way to keep {end.GetType().Name}.");
        }
    }

    private void WriteReused(long batch, long run, string at, RunReused e)
    {
        var kept = _keptResponse.NumberOrNull(e.Source.Batch, e.Source.Run);
        Step(
            batch,
            run,
            at,
            "run-reused",
            task: JournalJson.Text(e.Task),
            results: e.Results,
            response: kept,
            reused: e.Source,
            detail: e.Reading?.Hex
        );
        _rows.TaskEnded(batch, run, e.Task);
        _rows.Completed(batch, run, at, e.Results, kept, e.Reading);
        _rows.Reused(batch, run, e.Source, e.Task.Id);
    }

    private void WriteFailed(long batch, long run, string at, RunFailed e)
    {
        var response = Keep(e.Response);
        Step(
            batch,
            run,
            at,
            "run-failed",
            task: JournalJson.Text(e.Task),
            results: e.Results,
            errorKind: KebabEnum<RunErrorKind>.Of(e.Error.Kind),
            message: e.Error.Cause,
            response: response,
            reused: e.Error.CopiedFrom is { } source ? new RunReference(batch, source) : null
        );
        if (e.Task is { } task)
        {
            _rows.TaskEnded(batch, run, task);
        }

        _rows.Failed(batch, run, at, e.Results, e.Error, response);
    }

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
        RunReference? reused = null,
        string? detail = null,
        bool? isIncumbent = null
    )
    {
        var step = NextStep(batch, run);
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
            reused?.Run,
            detail,
            isIncumbent
        );
    }

    private long NextStep(long batch, long run)
    {
        if (!_stepsOf.TryGetValue((batch, run), out var last))
        {
            last = _lastStep.Number(batch, run);
        }

        return _stepsOf[(batch, run)] = last + 1;
    }
}
