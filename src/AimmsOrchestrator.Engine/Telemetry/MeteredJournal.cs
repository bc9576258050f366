using System.Diagnostics;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Engine.Telemetry;

/// <summary>
/// A journal that counts what is written: all that happens to a run comes by here, once, and only what is on disk is
/// told. A run that ends becomes one activity, from its first submit in this process on.
/// </summary>
/// <param name="journal">The journal.</param>
/// <param name="batch">The batch's own activity, which each run belongs to; default where nobody traces.</param>
/// <param name="time">The clock.</param>
internal sealed class MeteredJournal(IJournalWriter journal, ActivityContext batch, TimeProvider time) : IJournalWriter
{
    /// <summary>The runs under way, by when their first submit was intended.</summary>
    private readonly Dictionary<long, DateTimeOffset> _begun = [];

    public BatchRecord OpenBatch(NewBatch batch) => journal.OpenBatch(batch);

    public void Commit(IReadOnlyList<JournalEntry> group)
    {
        var start = time.GetTimestamp();
        journal.Commit(group);
        EngineTelemetry.CommitDuration.Record(time.GetElapsedTime(start).TotalSeconds);
        EngineTelemetry.CommitSize.Record(group.Count);
        if (!EngineTelemetry.Steps.Enabled && !EngineTelemetry.Activities.HasListeners())
        {
            return;
        }

        foreach (var entry in group)
        {
            if (entry is RunEventEntry step)
            {
                Count(step);
            }
        }
    }

    // The journal stays its owner's to dispose of.
    public void Dispose() { }

    private void Count(RunEventEntry step)
    {
        EngineTelemetry.Steps.Add(1, new KeyValuePair<string, object?>("step", EventNames.Of(step.Event)));
        switch (step.Event)
        {
            case SubmitIntended intended:
                _begun.TryAdd(step.Run.Index, intended.At);
                break;

            case TaskCompleted completed:
                Record(completed.Task);
                break;

            case RunCompleted:
                End(step, RunState.Completed.Word(), task: null);
                break;

            case RunReused reused:
                End(step, "reused", reused.Task);
                break;

            case RunFailed failed:
                End(step, RunState.Failed.Word(), failed.Task, failed.Error);
                break;

            case RunCancelled:
                End(step, RunState.Cancelled.Word(), task: null);
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

    private void End(RunEventEntry step, string state, TaskSnapshot? task, RunError? error = null)
    {
        var isKnown = _begun.Remove(step.Run.Index, out var begun);
        EngineTelemetry.Runs.Add(1, new KeyValuePair<string, object?>("state", state));
        if (isKnown)
        {
            // One that took over an answer, or was submitted by an earlier process, would count as no time at all.
            EngineTelemetry.RunDuration.Record(
                (step.Event.At - begun).TotalSeconds,
                new KeyValuePair<string, object?>("state", state)
            );
        }

        using var activity = EngineTelemetry.Activities.StartActivity(
            "run",
            ActivityKind.Internal,
            batch,
            startTime: isKnown ? begun : step.Event.At
        );
        activity?.SetTag("aimms.run.index", step.Run.Index);
        activity?.SetTag("aimms.run.name", step.Run.Name);
        activity?.SetTag("aimms.run.state", state);
        activity?.SetTag("aimms.task.id", task?.Id.Value);
        activity?.SetStatus(error is null ? ActivityStatusCode.Ok : ActivityStatusCode.Error, error?.Message);
        activity?.SetEndTime(step.Event.At.UtcDateTime);
    }
}
