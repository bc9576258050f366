using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Settlement;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Journal.Text;

namespace AimmsOrchestrator.Journal.Writing;

/// <summary>Where a run stands now, as a row of <c>runs</c>: the run as its events fold it.</summary>
internal static class RunRow
{
    /// <summary>The columns that its events change.</summary>
    public const string Changing = """
        phase, attempts, submit_at, lost_at, settled, task_id, task_state, queue_seconds, run_seconds, return_code, ended_at,
        results, notes, reading, incumbent, reused_batch, reused_run, error_kind, error, error_copied_from, response,
        cut_seconds, session_id, user_name
        """;

    /// <summary>All columns, in the order of <see cref="Values"/>: what the run is stands first and last, its state between.</summary>
    public const string Columns = $"batch, run, {Changing}, key, name, parameters, started_at";

    /// <summary>Puts the new values in the place of the old ones where the row is there already.</summary>
    public const string Update = """
        ON CONFLICT (batch, run) DO UPDATE SET phase = excluded.phase, attempts = excluded.attempts,
            submit_at = excluded.submit_at, lost_at = excluded.lost_at, settled = excluded.settled,
            task_id = excluded.task_id, task_state = excluded.task_state, queue_seconds = excluded.queue_seconds,
            run_seconds = excluded.run_seconds, return_code = excluded.return_code, ended_at = excluded.ended_at,
            results = excluded.results, notes = excluded.notes, reading = excluded.reading,
            incumbent = excluded.incumbent, reused_batch = excluded.reused_batch, reused_run = excluded.reused_run,
            error_kind = excluded.error_kind, error = excluded.error,
            error_copied_from = excluded.error_copied_from, response = excluded.response,
            cut_seconds = excluded.cut_seconds, session_id = excluded.session_id, user_name = excluded.user_name
        """;

    /// <summary>Frees the slot of a run (<c>$1</c>, <c>$2</c>) by its submit (<c>$3</c>), as long as its batch has the epoch <c>$4</c>.</summary>
    public const string Free = """
        UPDATE runs SET released = 1
        WHERE batch = $1 AND run = $2 AND attempts = $3 AND released = 0
            AND phase IN ('submitting', 'unconfirmed', 'at-service')
            AND (SELECT epoch FROM batches WHERE number = $1) = $4
        """;

    /// <summary>Takes back the slots of a batch (<c>$1</c>) that were freed while it was left.</summary>
    public const string TakeBack = """
        UPDATE runs SET released = 0
        WHERE batch = $1 AND phase IN ('submitting', 'unconfirmed', 'at-service') AND released = 1
        """;

    /// <summary>A whole row.</summary>
    /// <param name="batch">The batch's number.</param>
    /// <param name="planned">What the run is.</param>
    /// <param name="run">Where it stands.</param>
    /// <param name="response">The number of its response; null where it has none.</param>
    public static object?[] Values(long batch, PlannedRun planned, Run run, long? response) =>
        [
            .. State(batch, planned.Index, run, response),
            planned.Key?.ToBytes(),
            planned.Name,
            planned.Parameters.ToJson(),
            Timestamps.ToText(run.StartedAt),
        ];

    /// <summary>The row's key and its changing columns.</summary>
    /// <param name="batch">The batch's number.</param>
    /// <param name="index">Which run of the batch it is.</param>
    /// <param name="run">Where it stands.</param>
    /// <param name="response">The number of its response; null where it has none.</param>
    public static object?[] State(long batch, long index, Run run, long? response) =>
        [
            batch,
            index,
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
            run.Task?.UserName,
        ];
}
