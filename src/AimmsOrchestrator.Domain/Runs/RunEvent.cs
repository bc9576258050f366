using System.Text.Json.Serialization;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.Settlement;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Domain.Runs;

/// <summary>Something that happened to a run: what the journal keeps, and all that is needed to fold the run again.</summary>
/// <param name="At">When it happened, UTC.</param>
public abstract record RunEvent(DateTimeOffset At)
{
    /// <summary>The extraction key's name in the payload of every version: renaming it would cost users their results.</summary>
    private protected const string ExtractionOnDisk = "reading";

    /// <summary>
    /// Whether what was decided together with this event waits until the event is on disk. False only where losing the
    /// event costs nothing but a moment: the next poll shows the same again.
    /// </summary>
    public virtual bool PersistBeforeEffects => true;
}

/// <summary>A POST is about to be made; on disk before the POST.</summary>
/// <param name="Attempt">Which submit of this run, from 1.</param>
/// <param name="At">When.</param>
public sealed record SubmitIntended(int Attempt, DateTimeOffset At) : RunEvent(At);

/// <summary>The service took the task; on disk before the first poll.</summary>
public sealed record Submitted(int Attempt, TaskId Task, DateTimeOffset At) : RunEvent(At);

/// <summary>The service certainly did not take the task; the run is pending again.</summary>
/// <param name="Attempt">Which submit.</param>
/// <param name="Fault">What came instead of an id.</param>
/// <param name="CountsAsAttempt">Whether it uses up one of the retry policy's attempts.</param>
/// <param name="At">When.</param>
public sealed record SubmitFailed(int Attempt, ServiceFault Fault, bool CountsAsAttempt, DateTimeOffset At)
    : RunEvent(At);

/// <summary>The answer to a submit was lost: the service may have the task. Its list of tasks is to settle that.</summary>
/// <param name="Attempt">Which submit.</param>
/// <param name="Reason">How the answer was lost, in one line.</param>
/// <param name="CountsAsAttempt">
/// Whether it uses up one of the retry policy's attempts, should the service never have taken it: not where this program
/// ended.
/// </param>
/// <param name="At">When.</param>
public sealed record SubmitUnconfirmed(int Attempt, string Reason, bool CountsAsAttempt, DateTimeOffset At)
    : RunEvent(At)
{
    /// <summary>The status of an answer that does not say whether the task was taken; null where there was no answer.</summary>
    public int? HttpStatus { get; init; }
}

/// <summary>What became of a submit whose answer was lost; the run is at the service (adopted) or pending again.</summary>
/// <param name="Attempt">Which submit.</param>
/// <param name="Verdict">What follows from the service's list of tasks.</param>
/// <param name="Task">The task that was adopted; null otherwise.</param>
/// <param name="Reason">What the verdict rests on, in one line.</param>
/// <param name="At">When.</param>
public sealed record SubmitSettled(
    int Attempt,
    SettlementVerdict Verdict,
    TaskId? Task,
    string Reason,
    DateTimeOffset At
) : RunEvent(At);

/// <summary>The service no longer has the task, which it forgot or this program withdrew; the run is pending again.</summary>
/// <param name="Reason">How that is known, in one line.</param>
/// <param name="CountsAsAttempt">Whether it uses up one of the retry policy's attempts.</param>
/// <param name="At">When.</param>
public sealed record TaskForgotten(string Reason, bool CountsAsAttempt, DateTimeOffset At) : RunEvent(At);

/// <summary>The task was seen in a new state.</summary>
public sealed record TaskSeen(TaskState State, DateTimeOffset At) : RunEvent(At)
{
    /// <summary>Since when it has been running, on this machine's clock; null where it is not, or where the service does not say.</summary>
    public DateTimeOffset? RunningSince { get; init; }

    public override bool PersistBeforeEffects => false;
}

/// <summary>The task was seen completed; its response is next.</summary>
public sealed record TaskCompleted(TaskSnapshot Task, DateTimeOffset At) : RunEvent(At)
{
    /// <summary>Whether an interrupt of this program came too late to matter: then the result is the solver's last word.</summary>
    public bool EndedBeforeInterrupt { get; init; }

    public override bool PersistBeforeEffects => false;
}

/// <summary>The task was seen failed; on disk before the request for what it may have written, so that the failure is not lost with it.</summary>
public sealed record TaskFailed(TaskSnapshot Task, DateTimeOffset At) : RunEvent(At)
{
    /// <summary>Whether an interrupt of this program came too late to matter: then the failure is the task's own.</summary>
    public bool EndedBeforeInterrupt { get; init; }
}

/// <summary>This program is about to interrupt the task; on disk before the request, so that the end is known to be its own doing.</summary>
/// <param name="How">What is interrupted.</param>
/// <param name="Reason">Why, in one line.</param>
/// <param name="At">When.</param>
public sealed record TaskInterrupted(Interrupt How, string Reason, DateTimeOffset At) : RunEvent(At)
{
    /// <summary>
    /// For how long the solver was let run before the first interrupt: the limit that cut it, or the time until the batch's
    /// end; null where an older version did not write it down.
    /// </summary>
    public TimeSpan? CutAfter { get; init; }
}

/// <summary>The task ended without a success, and the scenario wants a retry: the run is pending again.</summary>
/// <param name="Error">Why it is no success.</param>
/// <param name="Task">The task as it ended.</param>
/// <param name="At">When.</param>
public sealed record AttemptFailed(RunError Error, TaskSnapshot Task, DateTimeOffset At) : RunEvent(At);

/// <summary>The response, if there is one, and the results extracted from it: on disk before the run counts as completed.</summary>
/// <param name="Response">What the task wrote; null where the service had nothing, or it is not to be kept.</param>
/// <param name="Results">The results.</param>
/// <param name="At">When.</param>
public sealed record RunCompleted(TaskResponse? Response, RunResults Results, DateTimeOffset At) : RunEvent(At)
{
    /// <summary>How the results were extracted, where the response is not to be kept; null where it is.</summary>
    [JsonPropertyName(ExtractionOnDisk)]
    public ExtractionKey? Extraction { get; init; }

    /// <summary>Whether it is the best solution that the solver had when this program interrupted it, not its last word.</summary>
    public bool IsIncumbent { get; init; }

    /// <summary>For how long the solver of an incumbent was let run; null where it is none, or where that is not known.</summary>
    public TimeSpan? CutAfter { get; init; }
}

/// <summary>The run has the response of another one with the same key; nothing was sent for it.</summary>
/// <param name="Source">The run that the response belongs to.</param>
/// <param name="Task">That run's task as it ended.</param>
/// <param name="Results">The results that this batch's scenario extracts from the response.</param>
/// <param name="At">When.</param>
public sealed record RunReused(RunReference Source, TaskSnapshot Task, RunResults Results, DateTimeOffset At)
    : RunEvent(At)
{
    /// <summary>How the results were extracted, where the other run has no response any more; null where it has.</summary>
    [JsonPropertyName(ExtractionOnDisk)]
    public ExtractionKey? Extraction { get; init; }

    /// <summary>Whether the other run's result is an incumbent, and so is this one's.</summary>
    public bool IsIncumbent { get; init; }

    /// <summary>For how long the solver of an incumbent was let run; null where it is none, or where that is not known.</summary>
    public TimeSpan? CutAfter { get; init; }
}

/// <summary>There will be no result.</summary>
public sealed record RunFailed(RunError Error, DateTimeOffset At) : RunEvent(At)
{
    /// <summary>The task as it ended, if this event reports the task's end; null where it ended before or never.</summary>
    public TaskSnapshot? Task { get; init; }

    /// <summary>What the task wrote, where it completed and yet is no success, or failed with an error document.</summary>
    public TaskResponse? Response { get; init; }

    /// <summary>The results extracted from that response.</summary>
    public RunResults? Results { get; init; }

    /// <summary>How they were extracted, where the task completed and its response is not to be kept; null otherwise.</summary>
    [JsonPropertyName(ExtractionOnDisk)]
    public ExtractionKey? Extraction { get; init; }

    /// <summary>The run whose response it is, where that one is no success and was copied; null where it is this run's own.</summary>
    public RunReference? Source { get; init; }

    /// <summary>Whether the completed task was interrupted by this program: a longer solve may be a success.</summary>
    public bool IsIncumbent { get; init; }

    /// <summary>For how long the solver of an incumbent was let run; null where it is none, or where that is not known.</summary>
    public TimeSpan? CutAfter { get; init; }
}

/// <summary>A person wants a run tried again that failed or was cancelled: it is pending, and its attempts count on.</summary>
public sealed record RunReopened(DateTimeOffset At) : RunEvent(At)
{
    /// <summary>Whether its question is asked again on purpose: answers from before that are no success do not count.</summary>
    public bool AsksAgain { get; init; }
}

/// <summary>A person cancelled the run.</summary>
public sealed record RunCancelled(string Reason, DateTimeOffset At) : RunEvent(At);
