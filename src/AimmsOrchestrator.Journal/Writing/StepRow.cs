using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Settlement;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Journal.Text;

namespace AimmsOrchestrator.Journal.Writing;

/// <summary>An event of a run as a row of <c>steps</c>.</summary>
internal static class StepRow
{
    /// <summary>What an event takes beside its payload: columns, its part of the run's row, indexes.</summary>
    private const int AboutRow = 200;

    /// <summary>The columns, in the order of the values.</summary>
    public const string Columns = "batch, run, step, at, event, attempt, task_id, verdict, payload, response";

    /// <param name="entry">The event.</param>
    /// <param name="payload">All that it says, as JSON.</param>
    /// <param name="response">The number of its response; null where it has none.</param>
    public static object?[] Values(RunEventEntry entry, string payload, long? response) =>
        [
            entry.Batch,
            entry.Planned.Index,
            entry.After.EventCount,
            Timestamps.ToText(entry.Event.At),
            EventNames.Of(entry.Event),
            AttemptOf(entry.Event),
            TaskOf(entry.Event)?.Value,
            KebabEnum<SettlementVerdict>.Of((entry.Event as SubmitSettled)?.Verdict),
            payload,
            response,
        ];

    /// <summary>How many bytes an event takes; a copied response is the other run's.</summary>
    public static StoredSize SizeOf(RunEvent happened, string payload) =>
        new(
            happened switch
            {
                RunCompleted e => e.Response?.Body.Length ?? 0,
                RunFailed { Source: null } e => e.Response?.Body.Length ?? 0,
                _ => 0,
            },
            payload.Length + AboutRow
        );

    /// <summary>The response that an event brings; null where it brings none of its own.</summary>
    public static TaskResponse? ResponseOf(RunEvent happened) =>
        happened switch
        {
            RunCompleted e => e.Response,
            RunFailed { Source: not null, Response: not null } => null,
            RunFailed e => e.Response,
            _ => null,
        };

    /// <summary>The run whose response an event copies; null where it copies none.</summary>
    public static RunReference? CopiedBy(RunEvent happened) =>
        happened switch
        {
            RunFailed { Source: { } source, Response: not null } => source,
            RunReused e => e.Source,
            _ => null,
        };

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
}
