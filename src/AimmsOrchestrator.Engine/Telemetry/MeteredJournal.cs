using System.Diagnostics;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Engine.Telemetry;

/// <summary>
/// A journal that counts what is appended: every event of a run passes here once, and is counted once it is on disk. A run
/// that ends becomes one activity, from its first submit in this process on.
/// </summary>
/// <param name="journal">The journal.</param>
/// <param name="batch">The batch's own activity, which each run belongs to; default where nothing is traced.</param>
/// <param name="time">The clock.</param>
internal sealed class MeteredJournal(IJournalWriter journal, ActivityContext batch, TimeProvider time) : IJournalWriter
{
    /// <summary>The runs under way, by when their first submit was intended.</summary>
    private readonly Dictionary<long, DateTimeOffset> _begun = [];

    public ValueTask<BatchRecord> OpenBatchAsync(NewBatch batch) => journal.OpenBatchAsync(batch);

    public async ValueTask<IReadOnlyList<AppendOutcome>> AppendAsync(IReadOnlyList<JournalEntry> group)
    {
        var start = time.GetTimestamp();
        var outcomes = await journal.AppendAsync(group).ConfigureAwait(false);
        EngineTelemetry.CommitDuration.Record(time.GetElapsedTime(start).TotalSeconds);
        EngineTelemetry.CommitSize.Record(group.Count);
        if (!EngineTelemetry.Steps.Enabled && !EngineTelemetry.Activities.HasListeners())
        {
            return outcomes;
        }

        for (var i = 0; i < outcomes.Count; i++)
        {
            if (group[i] is RunEventEntry entry && outcomes[i] == AppendOutcome.Appended)
            {
                Count(entry);
            }
        }

        return outcomes;
    }

    // The journal stays its owner's to dispose of.
    public void Dispose() { }

    private void Count(RunEventEntry entry)
    {
        EngineTelemetry.Steps.Add(1, new KeyValuePair<string, object?>("step", EventNames.Of(entry.Event)));
        switch (entry.Event)
        {
            case SubmitIntended intended:
                _begun.TryAdd(entry.Planned.Index, intended.At);
                break;

            case TaskCompleted completed:
                Record(completed.Task);
                break;

            case RunCompleted:
                End(entry, RunState.Completed.Word(), task: null);
                break;

            case RunReused reused:
                End(entry, "reused", reused.Task);
                break;

            case RunFailed failed:
                End(entry, RunState.Failed.Word(), failed.Task, failed.Error);
                break;

            case RunCancelled:
                End(entry, RunState.Cancelled.Word(), task: null);
                break;
        }
    }

    private static void Record(TaskSnapshot task)
    {
        if (task.QueueTime is { } queue)
        {
            EngineTelemetry.QueueTime.Record(queue.TotalSeconds);
        }

        if (task.RunTime is { } run)
        {
            EngineTelemetry.RunTime.Record(run.TotalSeconds);
        }
    }

    private void End(RunEventEntry entry, string state, TaskSnapshot? task, RunError? error = null)
    {
        var isKnown = _begun.Remove(entry.Planned.Index, out var begun);
        EngineTelemetry.Runs.Add(1, new KeyValuePair<string, object?>("state", state));
        if (isKnown)
        {
            // One that copied a response, or was submitted by an earlier process, would count as no time at all.
            EngineTelemetry.RunDuration.Record(
                (entry.Event.At - begun).TotalSeconds,
                new KeyValuePair<string, object?>("state", state)
            );
        }

        using var activity = EngineTelemetry.Activities.StartActivity(
            "run",
            ActivityKind.Internal,
            batch,
            startTime: isKnown ? begun : entry.Event.At
        );
        activity?.SetTag("aimms.run.index", entry.Planned.Index);
        activity?.SetTag("aimms.run.name", entry.Planned.Name);
        activity?.SetTag("aimms.run.state", state);
        activity?.SetTag("aimms.task.id", task?.Id.Value);
        activity?.SetStatus(error is null ? ActivityStatusCode.Ok : ActivityStatusCode.Error, error?.Message);
        activity?.SetEndTime(entry.Event.At.UtcDateTime);
    }
}
