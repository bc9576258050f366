using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Batches.Control;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Settlement;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Journal.Sql;
using AimmsOrchestrator.Journal.Text;

namespace AimmsOrchestrator.Journal.Reading;

/// <summary>Batches, runs and responses from their rows.</summary>
internal static class RowMapping
{
    public static BatchRecord Batch(Row row) =>
        new()
        {
            Number = row.Whole("number"),
            Id = new BatchId(row.Text("id")),
            Scenario = row.Text("scenario"),
            Description = row.TextOrNull("description"),
            Fingerprint = row.Text("fingerprint"),
            SourceFile = row.Text("source_file"),
            ServiceAddress = row.Text("service"),
            ServiceName = row.TextOrNull("service_name"),
            Owner = row.TextOrNull("owner"),
            Scheduled = row.WholeOrNull("schedule") is { } schedule
                ? new ScheduledStart(schedule, Timestamps.Parse(row.Text("due_at")), row.TextOrNull("late"))
                : null,
            IsFresh = row.Whole("fresh") == 1,
            RunCount = row.WholeOrNull("run_count"),
            ParameterNames = JournalJson.Names(row.Text("parameter_names")),
            ResultNames = JournalJson.Names(row.Text("result_names")),
            Design = row.TextOrNull("design") is { } design ? JournalJson.Design(design) : null,
            StartedAt = Timestamps.Parse(row.Text("started_at")),
            EndedAt = row.TextOrNull("ended_at") is { } ended ? Timestamps.Parse(ended) : null,
            End = row.TextOrNull("ended_how") is { } how ? KebabEnum<BatchEnd>.Parse(how) : null,
            Reason = row.TextOrNull("reason"),
        };

    public static RunRecord Run(Row row) =>
        new()
        {
            Index = row.Whole("run"),
            Key = row.BytesOrNull("key") is { } key ? new RunKey(key) : null,
            Name = row.Text("name"),
            ParametersJson = row.Object("parameters"),
            Phase = KebabEnum<RunPhase>.Parse(row.Text("phase")),
            TaskState = row.TextOrNull("task_state") is { } state ? KebabEnum<TaskState>.Parse(state) : null,
            ResultsJson = row.ObjectOrNull("results"),
            Notes = row.TextOrNull("notes"),
            Error = row.TextOrNull("error_kind") is null ? null : Error(row),
            TaskId = row.TextOrNull("task_id") is { } id ? new TaskId(id) : null,
            QueueTime = row.RealOrNull("queue_seconds") is { } queue ? Timestamps.Duration(queue) : null,
            RunTime = row.RealOrNull("run_seconds") is { } run ? Timestamps.Duration(run) : null,
            ReturnCode = (int?)row.WholeOrNull("return_code"),
            SessionId = row.TextOrNull("session_id"),
            UserName = row.TextOrNull("user_name"),
            Attempts = (int)row.Whole("attempts"),
            Settled = row.TextOrNull("settled") is { } verdict ? KebabEnum<SettlementVerdict>.Parse(verdict) : null,
            IsIncumbent = row.Whole("incumbent") == 1,
            CutAfter = row.RealOrNull("cut_seconds") is { } cut ? Timestamps.Duration(cut) : null,
            IsResponseKept = row.IsNull("reading"),
            ReusedFrom = row.TextOrNull("reused_from"),
            StartedAt = Timestamps.Parse(row.Text("started_at")),
            SubmittedAt = row.TextOrNull("submit_at") is { } submitted ? Timestamps.Parse(submitted) : null,
            EndedAt = row.TextOrNull("ended_at") is { } ended ? Timestamps.Parse(ended) : null,
        };

    /// <summary>The response of a row that has one; null otherwise.</summary>
    public static ControlSetting Control(Row row) =>
        new(row.Text("name"), row.Text("value"), Timestamps.Parse(row.Text("at")), row.Text("author"));

    public static TaskResponse? Response(this Row row) =>
        row.BytesOrNull("body") is { } body ? new TaskResponse(body, row.TextOrNull("media_type")) : null;

    /// <summary>The failure of a row that has one.</summary>
    public static RunError Error(Row row) =>
        new(KebabEnum<RunErrorKind>.Parse(row.Text("error_kind")), row.Text("error"))
        {
            CopiedFrom = row.WholeOrNull("error_copied_from"),
        };
}
